import { convert } from '../../core/convert.ts';
import type { Format } from '../../core/format.ts';
import type { JsonObject } from '../../core/json.ts';
import { infoOf } from '../../formats/index.ts';
import type { LossTally } from '../../output/losses.ts';
import type { Located } from '../../providers/provider.ts';
import { complete } from '../documents/completeness.ts';
import { lossesOf } from '../session.ts';

/** A conversation in another format; what that loses is added to the tally. */
export async function recordAs(
  located: Located,
  target: Format,
  tally: LossTally,
  index: number,
): Promise<JsonObject> {
  const format = await infoOf(located.format).load();
  const { output, losses } = convert({ format, kind: 'record', value: located.record }, target, 'record');
  for (const loss of lossesOf(losses, index, located.id)) tally.add(loss);
  return complete(
    { format: target, kind: 'record', value: output },
    { place: located.id, via: 'convo list --as native -o ndjson' },
  ).value;
}
