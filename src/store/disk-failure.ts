import { Failure } from '../core/errors.ts';

const reasons = new Map<string, { readonly code: Failure['code']; readonly reason: string }>([
  ['EACCES', { code: 'not_allowed', reason: 'permission denied' }],
  ['EPERM', { code: 'not_allowed', reason: 'operation not permitted' }],
  ['EROFS', { code: 'not_allowed', reason: 'the file system is read-only' }],
  ['ENOSPC', { code: 'unavailable', reason: 'no space is left' }],
  ['EDQUOT', { code: 'unavailable', reason: 'the disk quota is used up' }],
  ['EMFILE', { code: 'unavailable', reason: 'too many files are open' }],
  ['ENFILE', { code: 'unavailable', reason: 'too many files are open' }],
  ['EBUSY', { code: 'unavailable', reason: 'it is in use' }],
  ['ENOTDIR', { code: 'unreadable', reason: 'a part of the path is not a directory' }],
  ['EEXIST', { code: 'unreadable', reason: 'something else is in its place' }],
  ['EISDIR', { code: 'unreadable', reason: 'it is a directory' }],
  ['ELOOP', { code: 'unreadable', reason: 'too many symbolic links' }],
  ['ENAMETOOLONG', { code: 'unreadable', reason: 'the path is too long' }],
]);

/**
 * The failure that names `path`: no permission is `not_allowed`, no space or handles `unavailable`, a path that
 * leads nowhere sensible `unreadable`, the rest `internal`. What is not an error of the file system comes back as it is.
 */
export function diskFailure(error: unknown, path: string): unknown {
  const code = errorCode(error);
  if (code === undefined || error instanceof Failure) return error;
  const known = reasons.get(code);
  const reason = known?.reason ?? (error instanceof Error ? error.message : code);
  return new Failure(known?.code ?? 'internal', `cannot use ${path}: ${reason}`, { cause: error });
}

/** Whether a system call failed with one of `codes`. */
export function failedWith(error: unknown, ...codes: string[]): boolean {
  const code = errorCode(error);
  return code !== undefined && codes.includes(code);
}

/** Whether it was a system call that failed, and no mistake of ours. */
export function isDiskError(error: unknown): boolean {
  return errorCode(error) !== undefined;
}

/** Runs something on `path`; its file system errors come out as {@link diskFailure}. */
export function onDisk<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw diskFailure(error, path);
  }
}

function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
