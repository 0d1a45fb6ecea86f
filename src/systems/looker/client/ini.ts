/**
 * The settings of the first section of a `looker.ini`, quotes taken off; what is empty is not set.
 * @see https://github.com/looker-open-source/sdk-codegen
 */
export function readLookerIni(text: string): { url?: string; client_id?: string; key?: string } {
  const settings = firstSection(text);
  const [url, clientId, key] = ['base_url', 'client_id', 'client_secret'].map((name) => settings.get(name));
  return {
    ...(url !== undefined && { url }),
    ...(clientId !== undefined && { client_id: clientId }),
    ...(key !== undefined && { key }),
  };
}

function firstSection(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  let sections = 0;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*\[/.test(line)) sections += 1;
    if (sections > 1) break;
    const [, name = '', written = ''] = /^\s*([a-z_]+)\s*[=:]\s*(.*?)\s*$/i.exec(line) ?? [];
    const value = /^(["']).*\1$/.test(written) ? written.slice(1, -1) : written;
    if (sections === 1 && value !== '') settings.set(name.toLowerCase(), value);
  }
  return settings;
}
