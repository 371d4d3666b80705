/** A photo as the API shows it. */
import type { FoundPhoto } from '../../adapters/kit/contract.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Photo } from '../../schemas/photo.ts'
import type { HoldingRow } from '../../store/index.ts'
import { divisionOf } from '../holdings/places.ts'

export const presentPhoto = (row: HoldingRow, found: FoundPhoto): Photo => ({
  id: row.id,
  takenFor: found.takenFor,
  rawSource: { code: found.rawSource.code, label: found.rawSource.label },
  takenOn: found.takenOn ?? null,
  validUntil: found.validUntil ?? null,
  width: found.width ?? null,
  height: found.height ?? null,
  size: found.size ?? null,
  digest: found.digest ?? null,
  source: { region: row.region, division: divisionOf(row) },
  asOf: formatInstant(row.asOf),
})
