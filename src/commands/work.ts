/** The work of the commands that read documents, loaded together as they share nearly all of it. */
export { append } from './append/run.ts';
export { convertFiles } from './convert/run.ts';
export { create } from './create/run.ts';
export { deleteAll } from './delete/run.ts';
export { show } from './show/run.ts';
export { update } from './update/run.ts';
