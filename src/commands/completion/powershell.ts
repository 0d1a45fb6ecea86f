import type { CommandNode, Word } from './command-tree.ts';

/** The script for PowerShell (5.1 and later), which completes files where nothing is offered. */
export function powershellScript(nodes: readonly CommandNode[]): string {
  return `# PowerShell completion for convo; load it with: convo completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName convo -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
${nodes.map(({ path, words }) => entry(path, words)).join('\n')}
  }
  $flags = @{
${nodes
  .map(({ path, flags }) =>
    entry(
      path,
      flags.flatMap(({ names, description }) => names.map((text) => ({ text, description }))),
    ),
  )
  .join('\n')}
  }
  $values = @{
${nodes.flatMap(valueEntries).join('\n')}
  }
  $command = ''
  $previous = ''
  foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
    if ($element.Extent.EndOffset -ge $cursorPosition -and $wordToComplete -ne '') { break }
    $previous = $element.Extent.Text
    if ($words.ContainsKey("$command $previous")) { $command = "$command $previous" }
  }
  $prefix = ''
  if ($wordToComplete -match '^(--[^=]+)=(.*)$') {
    $previous = $Matches[1]
    $prefix = "$previous="
    $wordToComplete = $Matches[2]
  }
  if ($values.ContainsKey("$command $previous")) { $offered = $values["$command $previous"] }
  elseif ($wordToComplete.StartsWith('-')) { $offered = $flags[$command] }
  else { $offered = $words[$command] }
  $offered | Where-Object { $_ -and $_[0].StartsWith($wordToComplete) } | ForEach-Object {
    $about = if ($_[1]) { $_[1] } else { $_[0] }
    [System.Management.Automation.CompletionResult]::new($prefix + $_[0], $_[0], 'ParameterValue', $about)
  }
}
`;
}

function valueEntries({ path, flags }: CommandNode): string[] {
  return flags.flatMap(({ names, value }) =>
    value
      ? names.map((name) =>
          entry(
            `${path} ${name}`,
            value.words.map((text) => ({ text, description: '' })),
          ),
        )
      : [],
  );
}

/** The comma keeps a single pair from being taken for two words. */
function entry(key: string, words: readonly Word[]): string {
  const pairs = words.map(({ text, description }) => `,@(${quoted(text)}, ${quoted(description)})`);
  return `    ${quoted(key)} = @(${pairs.join('; ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
