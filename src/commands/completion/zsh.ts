import type { CommandNode, Flag, Word } from './command-tree.ts';

/** The script for zsh, to be sourced after compinit or put on the fpath as `_convo`. */
export function zshScript(nodes: readonly CommandNode[]): string {
  const paths = nodes.map(({ path }) => path).filter((path) => path !== '');
  return `#compdef convo
# zsh completion for convo; load it after compinit with: source <(convo completion zsh)
_convo() {
  local command= word previous=$words[CURRENT-1]
  local -a offered
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$command $word" in
      (${paths.map(quoted).join('|')}) command="$command $word" ;;
    esac
  done
  if [[ $words[CURRENT] == --*=* ]]; then
    previous=\${words[CURRENT]%%=*}
    compset -P '*='
  fi
  case "$command $previous" in
${nodes.flatMap(valueCases).join('\n')}
  esac
  if [[ $words[CURRENT] == -* ]]; then
    case $command in
${nodes.map(({ path, flags }) => offerCase(path, flags.flatMap(describedFlag))).join('\n')}
    esac
    _describe -o flag offered
    return
  fi
  case $command in
${nodes.flatMap(({ path, words }) => (words.length > 0 ? [offerCase(path, words.map(described))] : [])).join('\n')}
    (*) _files; return ;;
  esac
  _describe word offered
}
if [[ \${funcstack[1]} == _convo ]]; then _convo "$@"; else compdef _convo convo; fi
`;
}

function valueCases({ path, flags }: CommandNode): string[] {
  return flags.flatMap(({ names, value }) => {
    if (!value) return [];
    const pattern = names.map((name) => quoted(`${path} ${name}`)).join('|');
    const offer = value.words.length > 0 ? `compadd -- ${value.words.map(quoted).join(' ')}` : '_files';
    return [`    (${pattern}) ${offer}; return ;;`];
  });
}

function offerCase(path: string, offered: readonly string[]): string {
  return `      (${quoted(path)}) offered=(${offered.join(' ')}) ;;`;
}

function describedFlag({ names, description }: Flag): string[] {
  return names.map((text) => described({ text, description }));
}

/** \`_describe\` takes \`word:description\`. */
function described({ text, description }: Word): string {
  const word = text.replaceAll(':', String.raw`\:`);
  return quoted(description === '' ? word : `${word}:${description}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
