import type { CommandNode, Flag, Word } from './command-tree.ts';

/** The script for fish, which completes files where it is not told otherwise. */
export function fishScript(nodes: readonly CommandNode[]): string {
  const paths = nodes.map(({ path }) => path).filter((path) => path !== '');
  const lines = nodes.flatMap((node) => [
    ...node.words.map((word) => wordLine(node.path, word)),
    ...node.flags.map((flag) => flagLine(node.path, flag)),
  ]);
  return `# fish completion for convo; put it into ~/.config/fish/completions/convo.fish
function __convo_at
    set -l command
    for word in (commandline -opc)[2..-1]
        if contains -- "$command $word" ${paths.map(quoted).join(' ')}
            set command "$command $word"
        end
    end
    test "$command" = "$argv[1]"
end
complete -c convo -e
${lines.join('\n')}
`;
}

function wordLine(path: string, { text, description }: Word): string {
  return `${start(path)} -f -a ${quoted(text)}${about(description)}`;
}

function flagLine(path: string, { names, description, value }: Flag): string {
  const spelled = names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  return [start(path), ...spelled].join(' ') + valueOf(value) + about(description);
}

function valueOf(value: Flag['value']): string {
  if (!value) return '';
  return value.words.length > 0 ? ` -x -a ${quoted(value.words.join(' '))}` : ' -r -F';
}

function start(path: string): string {
  return `complete -c convo -n ${quoted(`__convo_at ${quoted(path)}`)}`;
}

function about(description: string): string {
  return description === '' ? '' : ` -d ${quoted(description)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}
