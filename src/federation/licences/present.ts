/** A licence as the API shows it. */
import type { FoundLicence } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import { licenceId } from '../../schemas/identifiers/licence-id.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Licence } from '../../schemas/licence.ts'
import type { HoldingRow } from '../../store/index.ts'
import { divisionOf } from '../holdings/places.ts'
import { masked } from '../identity/me.ts'

/** What the region says of its state, and the day: a licence whose last day is over is not valid, whatever the list still says. */
export const statusOf = (
  { status, validTo }: Pick<FoundLicence, 'status' | 'validTo'>,
  now: Date,
): Licence['status'] =>
  status === 'valid' && validTo !== undefined && validTo < formatInstant(now).slice(0, 10)
    ? 'expired'
    : status

/** The whole of it, for whoever may open it. */
export function presentLicence(row: HoldingRow, found: FoundLicence, now: Date): Licence {
  const division = found.division ?? divisionOf(row)
  if (row.region === null || division === null)
    throw new GatewayError('INTERNAL', { reason: 'licence without region' })
  const parts = found.identifier === undefined ? undefined : licenceId.validate(found.identifier)
  return {
    id: row.id,
    kind: found.kind,
    name: found.name,
    type: {
      code: parts?.ok ? parts.type : null,
      regional: { code: found.rawType.code, label: found.rawType.label },
    },
    identifier: found.identifier ?? null,
    number: found.number,
    holder: { name: found.holder.name, idDocument: { ...found.holder.idDocument } },
    issuer: { name: found.issuer.name, code: found.issuer.code ?? null },
    issuedOn: found.issuedOn ?? null,
    validFrom: found.validFrom ?? null,
    validTo: found.validTo ?? null,
    status: statusOf(found, now),
    rawStatus: { code: found.rawStatus.code, label: found.rawStatus.label },
    trust: 'listed',
    source: { region: row.region, division },
    asOf: formatInstant(row.asOf),
  }
}

/** The same with its numbers masked, as a list shows it: whoever needs them opens the one licence. */
export function maskedLicence(row: HoldingRow, found: FoundLicence, now: Date): Licence {
  const whole = presentLicence(row, found, now)
  const { idDocument, name } = whole.holder
  return {
    ...whole,
    number: masked(whole.number),
    holder: { name, idDocument: { type: idDocument.type, number: masked(idDocument.number) } },
  }
}
