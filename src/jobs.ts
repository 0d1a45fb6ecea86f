import { openConverter } from './commands/convert/converter.ts';
import { convertSection } from './commands/convert/section.ts';
import { openChecker } from './commands/validate/checker.ts';
import { checkSection } from './commands/validate/section.ts';
import type { Jobs, OpenJob } from './crew.ts';

/** How each job is done. */
export const jobs: { readonly [Name in keyof Jobs]: OpenJob<Name> } = {
  async convert(plan) {
    const converter = await openConverter(plan);
    return async (task) => {
      const result = await convertSection(converter, task);
      return { result, moved: result.pieces.flatMap(bufferOf) };
    };
  },
  async validate(plan) {
    const checker = await openChecker(plan);
    return async (section) => ({ result: await checkSection(checker, section), moved: [] });
  },
};

function bufferOf(piece: unknown): ArrayBuffer[] {
  return piece instanceof Uint8Array && piece.buffer instanceof ArrayBuffer ? [piece.buffer] : [];
}
