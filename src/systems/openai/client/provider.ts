import type { Provider } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';

export function openOpenAI({ account }: Seat): Provider {
  return {
    name: account.name,
    title: account.title,
    format: account.system.format,
    cannot: account.system.cannot,
    takes: (format) => format === account.system.format,
  };
}
