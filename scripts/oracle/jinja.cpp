// Renders chat templates with llama.cpp's own engine (scripts/template-references.mjs builds it): lines of
// {"template": text, "vars": object} in, "T" or "E", the bytes and a line, then the text or error, out.
#include "jinja/lexer.h"
#include "jinja/parser.h"
#include "jinja/runtime.h"
#include "jinja/value.h"
#include "json.h"
#include <cstdlib>
#include <iostream>

extern "C" void ggml_abort(const char *, int, const char *, ...) { std::abort(); }

int main() {
    std::string line;
    while (std::getline(std::cin, line)) {
        auto given = common_json::parse(line);
        std::string source = given["template"].get<std::string>();
        std::string text;
        char kind = 'T';
        try {
            jinja::lexer lexer;
            auto program = jinja::parse_from_tokens(lexer.tokenize(source));
            jinja::context context(source);
            jinja::global_from_json(context, given["vars"], true);
            jinja::runtime runtime(context);
            text = jinja::runtime::gather_string_parts(runtime.execute(program))->as_string().str();
        } catch (const std::exception & error) {
            kind = 'E';
            text = error.what();
        }
        std::cout << kind << text.size() << "\n" << text << "\n";
    }
}
