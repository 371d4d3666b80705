/** The file of a licence, fetched from its region. It is kept nowhere. */
import type { Audit, FileContent, FoundLicence } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import type { HoldingRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { cityAsked, linkAt } from '../holdings/places.ts'
import { contentOf } from '../identity/persons.ts'
import { statusOf } from './present.ts'

/** First bytes of the two forms in which a licence comes: PDF, and OFD (GB/T 33190), which is a ZIP archive. */
const MAGIC = ['25504446', '504b0304']

/**
 * @param ask.reason in words, for the region's audit
 * @throws GatewayError `LICENCE_NOT_VALID`; what `LicenceLink.fetch` throws; `REGION_ANSWER_INVALID` for what is neither PDF nor OFD
 */
export async function fileOf(
  row: HoldingRow,
  { audit, reason }: { readonly audit: Audit; readonly reason: string },
  deps: Deps,
): Promise<FileContent> {
  const licence = deps.sealing.open<FoundLicence>(row.sealed)
  const status = statusOf(licence, deps.now())
  if (status !== 'valid') throw new GatewayError('LICENCE_NOT_VALID', { status })
  const { name, idDocument } = await contentOf(row.personId, deps)
  const division = cityAsked(row, idDocument, deps)
  const file = await linkAt('licence', division, deps).fetch({
    division,
    holder: { name, idDocument },
    audit,
    licence,
    reason,
  })
  if (!MAGIC.includes(file.bytes.subarray(0, 4).toString('hex')))
    throw new GatewayError('REGION_ANSWER_INVALID', { division, reason: 'no licence file' })
  return file
}
