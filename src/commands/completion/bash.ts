import type { CommandNode } from './command-tree.ts';

/**
 * The script for bash (3.2 and later, without bash-completion). Where nothing is offered bash completes files. The
 * line is taken apart by white space, as bash itself also breaks words at `=`, `@` and `:`; of a match, bash wants
 * what follows the last of these.
 */
export function bashScript(nodes: readonly CommandNode[]): string {
  return `# bash completion for convo; load it with: source <(convo completion bash)
_convo() {
  local line=\${COMP_LINE:0:COMP_POINT} command= offered= previous word current prefix match
  local -a typed
  current=\${line##*[[:space:]]}
  read -r -a typed <<< "\${line%"$current"}"
  previous=\${typed[\${#typed[@]}-1]}
  for word in "\${typed[@]:1}"; do
    case "$command $word" in
      ${alternatives(nodes.map(({ path }) => path).filter((path) => path !== ''))}) command="$command $word" ;;
    esac
  done
  if [[ $current == --*=* ]]; then
    previous=\${current%%=*}
    current=\${current#*=}
  fi
  case "$command $previous" in
${nodes.flatMap(valueCases).join('\n')}
    *)
      case $current in
        -*)
          case $command in
${nodes.map(flagCase).join('\n')}
          esac ;;
        *)
          case $command in
${nodes.flatMap(wordCase).join('\n')}
          esac ;;
      esac ;;
  esac
  prefix=\${current%"\${current##*[@:]}"}
  [[ $COMP_WORDBREAKS == *@* && $COMP_WORDBREAKS == *:* ]] || prefix=
  COMPREPLY=()
  for match in $(compgen -W "$offered" -- "$current"); do
    COMPREPLY+=("\${match#"$prefix"}")
  done
}
complete -o default -o bashdefault -F _convo convo
`;
}

function valueCases({ path, flags }: CommandNode): string[] {
  return flags.flatMap(({ names, value }) =>
    value
      ? [`    ${alternatives(names.map((name) => `${path} ${name}`))}) offered='${value.words.join(' ')}' ;;`]
      : [],
  );
}

function flagCase({ path, flags }: CommandNode): string {
  const names = flags.flatMap((flag) => flag.names);
  return `            ${alternatives([path])}) offered='${names.join(' ')}' ;;`;
}

function wordCase({ path, words }: CommandNode): string[] {
  if (words.length === 0) return [];
  return [`            ${alternatives([path])}) offered='${words.map(({ text }) => text).join(' ')}' ;;`];
}

function alternatives(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join('|');
}
