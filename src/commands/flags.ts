/** The flags of the commands for conversations, loaded together: many small files would cost a start as many reads. */
export { appendCommand } from './append/index.ts';
export { completionCommand } from './completion/index.ts';
export { configCommand } from './config/index.ts';
export { convertCommand } from './convert/index.ts';
export { copyCommand } from './copy/index.ts';
export { createCommand } from './create/index.ts';
export { deleteCommand } from './delete/index.ts';
export { listCommand } from './list/index.ts';
export { schemaCommand } from './schema/index.ts';
export { showCommand } from './show/index.ts';
export { updateCommand } from './update/index.ts';
export { validateCommand } from './validate/index.ts';
