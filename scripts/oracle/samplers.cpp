// What llama.cpp's samplers dry and mirostat make of logits, for canister/test/sampling-oracle.test.ts. It needs
// llama.cpp's headers (include/, ggml/include/) and its libllama, of v0.5.0 here:
//
//   g++ -std=c++17 samplers.cpp -I LLAMA/include -I LLAMA/ggml/include -L LIBRARIES -lllama -o samplers
//   ./samplers ggml-vocab-llama-spm.gguf ggml-vocab-gpt-2.gguf > llama-samplers.json
#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "llama.h"

// How llama.cpp begins the state of its two mirostats: nothing else tells what they have learned.
struct MirostatByRank { int32_t words; uint32_t seed, current; float target, rate; int32_t looked_at; float mu; };
struct MirostatBySurprise { uint32_t seed, current; float target, rate; float mu; };

static void write_text(const std::string & text) {
  putchar('"');
  for (unsigned char c : text) {
    if (c == '"' || c == '\\') printf("\\%c", c);
    else if (c < 32) printf("\\u%04x", c);
    else putchar(c);
  }
  putchar('"');
}

static const std::vector<std::vector<std::string>> BREAKERS = {
  {"\n", ":", "\"", "*"}, {" the", "ing a"}, {"e s"}, {"ab", "."}, {}};
static const std::string TEXT =
  "the cat is singing a song: the cat is singing a song. \"The end\" * the cat is singing about the ends.\n"
  "the cat is singing a song: the cat is";

static std::mt19937 numbers(1);

// One case: what is taken from logits of 0 behind tokens of the text, and for some behind a few of them at random.
static void write_dry(const llama_vocab * vocab, const std::string & file, const std::vector<std::string> & breakers, int c) {
  const int words = llama_vocab_n_tokens(vocab);
  std::vector<llama_token> text(512);
  text.resize(llama_tokenize(vocab, TEXT.c_str(), TEXT.size(), text.data(), 512, false, false));
  std::vector<llama_token> tokens(text.begin(), text.end() - 3 * c);
  for (int i = 0; c >= 3 && i < 40; i++) tokens.push_back(text[numbers() % 8]);
  const float multiplier = 0.7f, base = c % 2 ? 1.75f : 1.2f;
  const int allowed = c % 3, last = c == 5 ? 20 : 200;
  std::vector<const char *> texts;
  for (const auto & breaker : breakers) texts.push_back(breaker.c_str());
  auto * dry = llama_sampler_init_dry(vocab, multiplier, base, allowed, last, texts.data(), texts.size());
  for (auto token : tokens) llama_sampler_accept(dry, token);
  std::vector<llama_token_data> data(words);
  for (int i = 0; i < words; i++) data[i] = {i, 0.0f, 0.0f};
  llama_token_data_array candidates = {data.data(), data.size(), -1, false};
  llama_sampler_apply(dry, &candidates);
  printf("{\"file\":");
  write_text(file.substr(file.rfind('/') + 1));
  printf(",\"breakers\":[");
  for (size_t i = 0; i < breakers.size(); i++) {
    if (i) putchar(',');
    write_text(breakers[i]);
  }
  printf("],\"numbers\":[%g,%g,%d,%d],\"tokens\":[", multiplier, base, allowed, last);
  for (size_t i = 0; i < tokens.size(); i++) printf("%s%d", i ? "," : "", tokens[i]);
  printf("],\"penalties\":[");
  bool more = false;
  for (int i = 0; i < words; i++) {
    if (candidates.data[i].logit == 0) continue;
    printf("%s[%d,%.9g]", more ? "," : "", candidates.data[i].id, -candidates.data[i].logit);
    more = true;
  }
  printf("]}");
  llama_sampler_free(dry);
}

// Four steps: mu before, how many candidates were kept, which was taken with which probability, mu after.
static void write_mirostat(int version, float target, int size) {
  auto * mirostat = version == 1 ? llama_sampler_init_mirostat(size, 7, target, 0.1f, 100)
                                 : llama_sampler_init_mirostat_v2(7, target, 0.1f);
  const auto mu = [&] {
    return version == 1 ? ((MirostatByRank *) mirostat->ctx)->mu : ((MirostatBySurprise *) mirostat->ctx)->mu;
  };
  printf("{\"version\":%d,\"target\":%g,\"size\":%d,\"steps\":[", version, target, size);
  for (int step = 0; step < 4; step++) {
    const float before = mu();
    std::vector<llama_token_data> data(size);
    for (int i = 0; i < size; i++) {
      const float logit = 6.0f * sinf(1.7f * i * (step + 1) + 0.3f * i * i / size);
      data[i] = {i, roundf(logit * 1024) / 1024, 0.0f};
    }
    std::vector<llama_token_data> given = data;
    llama_token_data_array candidates = {data.data(), data.size(), -1, false};
    llama_sampler_apply(mirostat, &candidates);
    const auto & taken = candidates.data[candidates.selected];
    printf("%s{\"logits\":[", step ? "," : "");
    for (int i = 0; i < size; i++) printf("%s%.0f", i ? "," : "", given[i].logit * 1024);
    printf("],\"mu\":%.9g,\"kept\":%zu,\"taken\":%d,\"p\":%.9g,\"next\":%.9g}", before, candidates.size, taken.id, taken.p, mu());
  }
  printf("]}");
  llama_sampler_free(mirostat);
}

int main(int argc, char ** argv) {
  llama_log_set([](ggml_log_level, const char *, void *) {}, nullptr);
  llama_backend_init();
  auto parameters = llama_model_default_params();
  parameters.vocab_only = true;
  bool more = false;
  printf("{\n\"dry\": [\n");
  for (int i = 1; i < argc; i++) {
    auto * model = llama_model_load_from_file(argv[i], parameters);
    if (!model) return fprintf(stderr, "%s cannot be loaded\n", argv[i]), 1;
    for (const auto & breakers : BREAKERS) {
      for (int c = 0; c < 6; c++) {
        if (more) printf(",\n");
        write_dry(llama_model_get_vocab(model), argv[i], breakers, c);
        more = true;
      }
    }
    llama_model_free(model);
  }
  printf("\n],\n\"mirostat\": [\n");
  more = false;
  for (int version : {1, 2}) {
    for (float target : {0.5f, 3.0f, 5.0f, 8.0f}) {
      for (int size : {2, 50, 300}) {
        if (more) printf(",\n");
        write_mirostat(version, target, size);
        more = true;
      }
    }
  }
  printf("\n]\n}\n");
}
