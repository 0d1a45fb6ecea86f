import type { Spoiling } from './rule.ts';

const PAGE =
  '<!DOCTYPE html>\n<html><head><title>Gateway</title></head><body><h1>Gateway</h1></body></html>\n';

/** Statuses that a Response cannot have together with a body. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * An answer that went bad on its way. One that has no body cannot be truncated, and stays as it is.
 * A truncated one has half its bytes; the connection closes behind it, or its reader would wait for the rest.
 */
export async function spoil(answer: Response, how: Spoiling): Promise<Response> {
  const { status } = answer;
  if (how === 'text') {
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    return new Response(PAGE, { status: BODILESS.has(status) ? 200 : status, headers });
  }
  const headers = new Headers(answer.headers);
  if (how === 'empty') {
    headers.delete('content-length');
    return new Response(null, { status, headers });
  }
  const bytes = new Uint8Array(await answer.clone().arrayBuffer());
  if (bytes.byteLength === 0) return answer;
  headers.set('content-length', String(bytes.byteLength));
  headers.set('connection', 'close');
  return new Response(bytes.subarray(0, Math.floor(bytes.byteLength / 2)), { status, headers });
}
