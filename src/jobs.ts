import type { Jobs, OpenJob } from './crew.ts';

/** How each job is done. What one takes is loaded with it. */
export const jobs: { readonly [Name in keyof Jobs]: OpenJob<Name> } = {
  async convert(plan) {
    const { openConverter } = await import('./commands/convert/converter.ts');
    const { convertSection } = await import('./commands/convert/section.ts');
    const converter = await openConverter(plan);
    return async (task) => {
      const result = await convertSection(converter, task);
      return { result, moved: result.pieces.flatMap(bufferOf) };
    };
  },
  async validate(plan) {
    const { openChecker } = await import('./commands/validate/checker.ts');
    const { checkSection } = await import('./commands/validate/section.ts');
    const checker = await openChecker(plan);
    return async (section) => ({ result: await checkSection(checker, section), moved: [] });
  },
};

function bufferOf(piece: unknown): ArrayBuffer[] {
  return piece instanceof Uint8Array && piece.buffer instanceof ArrayBuffer ? [piece.buffer] : [];
}
