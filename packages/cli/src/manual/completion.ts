// Completion for shells: scripts that know commands, options and choices, and complete file names otherwise.
import { all, type Described, type DescribedOption } from './tree.js';

export type Shell = 'bash' | 'zsh' | 'fish';
export const SHELLS: readonly Shell[] = ['bash', 'zsh', 'fish'];

const NAME = 'llama-canister';

const pathText = ({ path }: Described) => path.join(' ');
const flagsOf = (option: DescribedOption) => [option.long, ...(option.short ? [option.short] : [])];
/** A text in single quotes, as all three shells read it. */
const quoted = (text: string, shell: Shell) => `'${text.replaceAll("'", shell === 'fish' ? "\\'" : "'\\''")}'`;

/** The completions at one command: its subcommands, choices of its argument, options. */
interface Place {
  path: string;
  words: [string, string][];
  options: DescribedOption[];
}

function places(program: Described): Place[] {
  return all(program).map((command) => ({
    path: pathText(command),
    words: [
      ...command.commands.flatMap((each) =>
        [each.path.at(-1)!, ...each.aliases].map((name): [string, string] => [name, each.description]),
      ),
      ...command.arguments.flatMap(({ choices, description }) =>
        choices.map((choice): [string, string] => [choice, description]),
      ),
    ],
    options: command.path.length === 0 ? [...command.options] : [...command.options, ...program.options],
  }));
}

/** Pairs of a typed prefix and the next command, by which the scripts find their place. */
function steps(program: Described): string[] {
  return all(program)
    .filter(({ path }) => path.length > 0)
    .flatMap(({ path, aliases }) => [path.at(-1)!, ...aliases].map((word) => [...path.slice(0, -1), word].join(' ')));
}

/** Options that take a value, so that the value is not taken for a command. */
const withValue = (program: Described) => [
  ...new Set(all(program).flatMap(({ options }) => options.filter(({ value }) => value !== '').flatMap(flagsOf))),
];

/** Choices of options, by option: the same name means the same everywhere. */
function choices(program: Described): [string, readonly string[]][] {
  const found = new Map<string, readonly string[]>();
  for (const { options } of all(program)) {
    for (const option of options)
      if (option.choices.length > 0) for (const flag of flagsOf(option)) found.set(flag, option.choices);
  }
  return [...found];
}

function bash(program: Described): string {
  const cases = places(program).map(({ path, words, options }) => {
    const names = words.map(([word]) => word).join(' ');
    return `    ${quoted(path, 'bash')}) words=${quoted(names, 'bash')} options=${quoted(options.flatMap(flagsOf).join(' '), 'bash')} ;;`;
  });
  const values = choices(program).map(
    ([flag, all]) => `    ${flag}) COMPREPLY=($(compgen -W ${quoted(all.join(' '), 'bash')} -- "$cur")); return ;;`,
  );
  return `# Completion of ${NAME} for bash, a file of ~/.local/share/bash-completion/completions
_llama_canister() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path='' skip='' words='' options='' i next
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ -n $skip ]]; then skip=''; continue; fi
    case \${COMP_WORDS[i]} in
    ${withValue(program).join('|')}) skip=1; continue ;;
    --) return ;;
    -*) continue ;;
    esac
    next="\${path:+$path }\${COMP_WORDS[i]}"
    case $next in
    ${steps(program)
      .map((step) => quoted(step, 'bash'))
      .join('|')}) path=$next ;;
    esac
  done
  case $prev in
${values.join('\n')}
    ${withValue(program).join('|')}) return ;;
  esac
  case $path in
${cases.join('\n')}
  esac
  if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$cur"))
  else COMPREPLY=($(compgen -W "$words" -- "$cur"))
  fi
}
complete -o default -F _llama_canister ${NAME}
`;
}

function zsh(program: Described): string {
  const item = (word: string, text: string) => quoted(`${word.replaceAll(':', '\\:')}:${text}`, 'zsh');
  const cases = places(program).map(({ path, words, options }) => {
    const lines = words.map(([word, text]) => item(word, text)).join(' ');
    const flags = options.flatMap((option) => flagsOf(option).map((flag) => item(flag, option.description))).join(' ');
    return `    ${quoted(path, 'zsh')}) items=(${lines}) flags=(${flags}) ;;`;
  });
  const values = choices(program).map(([flag, all]) => `    ${flag}) compadd -- ${all.join(' ')}; return ;;`);
  return `#compdef ${NAME}
# Completion of ${NAME} for zsh, the file _llama_canister of a folder of its fpath
_llama_canister() {
  local here='' skip='' next word
  local -a items flags
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n $skip ]]; then skip=''; continue; fi
    case $word in
    ${withValue(program).join('|')}) skip=1; continue ;;
    --) _files; return ;;
    -*) continue ;;
    esac
    next="\${here:+$here }$word"
    case $next in
    ${steps(program)
      .map((step) => quoted(step, 'zsh'))
      .join('|')}) here=$next ;;
    esac
  done
  case $words[CURRENT-1] in
${values.join('\n')}
    ${withValue(program).join('|')}) _files; return ;;
  esac
  case $here in
${cases.join('\n')}
  esac
  if [[ $words[CURRENT] == -* ]]; then _describe -o option flags
  elif (( $#items )); then _describe command items
  else _files
  fi
}
# As a file of the fpath this is the function's own body, run when it is asked for first.
if [[ $funcstack[1] == _llama_canister ]]; then _llama_canister; else compdef _llama_canister ${NAME}; fi
`;
}

function fish(program: Described): string {
  const lines: string[] = [];
  for (const { path, words, options } of places(program)) {
    const at = `-n ${quoted(`__llama_canister_at ${quoted(path, 'fish')}`, 'fish')}`;
    for (const [word, text] of words) lines.push(`complete -c ${NAME} -f ${at} -a ${word} -d ${quoted(text, 'fish')}`);
    for (const { long, short, value, description, choices: all } of options) {
      const names = [long.startsWith('--') ? `-l ${long.slice(2)}` : '', short ? `-s ${short.slice(1)}` : ''].filter(
        (name) => name !== '',
      );
      const takes = all.length > 0 ? ` -x -a ${quoted(all.join(' '), 'fish')}` : value === '' ? '' : ' -r';
      lines.push(`complete -c ${NAME} ${at} ${names.join(' ')}${takes} -d ${quoted(description, 'fish')}`);
    }
  }
  return `# Completion of ${NAME} for fish, a file of ~/.config/fish/completions
function __llama_canister_at
    set -l here
    set -l skip
    for word in (commandline -opc)[2..-1]
        if test -n "$skip"
            set skip
            continue
        end
        switch $word
            case ${withValue(program).join(' ')}
                set skip 1
            case '-*'
            case '*'
                switch (string join ' ' $here $word)
                    case ${steps(program)
                      .map((step) => quoted(step, 'fish'))
                      .join(' ')}
                        set -a here $word
                end
        end
    end
    test (string join ' ' $here | string collect --allow-empty) = "$argv[1]"
end
${lines.join('\n')}
`;
}

/** The completion script for a shell. */
export function completionOf(program: Described, shell: Shell): string {
  return { bash, zsh, fish }[shell](program);
}
