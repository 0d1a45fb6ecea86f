import { convert } from '../../core/convert.ts';
import type { Document } from '../../core/document.ts';
import { Failure } from '../../core/errors.ts';
import type { Kind } from '../../core/format.ts';
import type { Loss } from '../../core/ledger.ts';
import { formatNamed, infoOf } from '../../formats/index.ts';
import type { Entry } from '../../input/records.ts';
import type { Provider } from '../../providers/provider.ts';
import { emptyDocument } from '../content/overlay.ts';
import { documentOf, valueOf } from '../documents/document.ts';
import type { CreateOptions } from './index.ts';

/** The document that flags are laid over: what was given, else an empty one. @throws Failure if it is not valid */
export async function baseDocument(
  given: Entry | undefined,
  options: Pick<CreateOptions, 'format' | 'record' | 'request'>,
  provider: Provider,
): Promise<Document> {
  const format = options.format === undefined ? undefined : formatNamed(options.format);
  const kind = kindSaid(options);
  // An empty object says as little as no file at all.
  if (given && Object.keys(valueOf(given)).length > 0) {
    return documentOf(given, { format, kind, flag: '--format' }, { partial: true });
  }
  if (!given && kind === 'record') {
    throw new Failure('usage', '--record says what a file is, and there is none', {
      hint: 'leave it out, or name the file',
    });
  }
  const own = await (format ?? infoOf(provider.format)).load();
  if (own.request) return emptyDocument(own, kind ?? 'request');
  throw new Failure('unsupported', own.keeping.cannot.create ?? `${own.title} cannot create conversations`, {
    hint: 'a record of one can be stored: give it as a file',
  });
}

function kindSaid({ record, request }: Pick<CreateOptions, 'record' | 'request'>): Kind | undefined {
  if (record === true) return 'record';
  return request === true ? 'request' : undefined;
}

/** A document as a provider takes it, and what that loses. */
export interface Targeted {
  readonly document: Document;
  readonly losses: readonly Loss[];
  readonly id: string | null;
}

/**
 * Converts a document that the provider does not take as it is. A place that is called is sent requests: a record is
 * sent as the request that would make it.
 */
export async function intoProvider(document: Document, provider: Provider): Promise<Targeted> {
  const taken = provider.takes(document.format.name);
  if (taken && (document.kind === 'request' || !provider.plan)) return { document, losses: [], id: null };
  const format = taken ? document.format : await infoOf(provider.format).load();
  const kind: Kind = format.request ? 'request' : 'record';
  const { output, losses, id } = convert(document, format, kind);
  return { document: { format, kind, value: output }, losses, id };
}
