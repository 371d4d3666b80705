/** What may be offered: matters that exist, places that the token reaches, a time within a year. */
import { type FieldError, fault, GatewayError } from '../../errors.ts'
import { checkIdDocument } from '../../schemas/identifiers/index.ts'
import { formatInstant, isDate } from '../../schemas/instants.ts'
import { EVERY_MATTER, MandateOffer } from '../../schemas/mandate.ts'
import { pointerTo } from '../../schemas/pointers.ts'
import { validator } from '../../schemas/validate.ts'
import type { Deps } from '../deps.ts'

const checkOffer = validator(MandateOffer)

/** Terms that can be offered. */
export interface Terms {
  readonly matters: readonly string[]
  readonly regions: MandateOffer['regions']
  readonly from: Date
  readonly until: Date
  readonly receiver: MandateOffer['receiver']
}

/** Reads an offer. @throws GatewayError `BODY_INVALID` with pointers into it */
export async function readTerms(content: unknown, deps: Deps): Promise<Terms> {
  const shape = checkOffer(content)
  if (shape) throw new GatewayError('BODY_INVALID', { message: 'mandate' }, { errors: shape })
  // The schema has just been checked.
  const offer = content as MandateOffer
  const now = deps.now()
  const from = offer.from === undefined ? now : new Date(offer.from)
  const until = new Date(offer.until)
  const errors = [
    ...checkDays(offer),
    ...checkTime(from, until, now),
    ...(await checkMatters(offer.matters, deps)),
    ...checkReceiver(offer, now),
  ]
  if (errors.length > 0) throw new GatewayError('BODY_INVALID', { message: 'mandate' }, { errors })
  const { receiver } = offer
  return { matters: [...new Set(offer.matters)], regions: [...new Set(offer.regions)], from, until, receiver }
}

/** The schema sees the form of a time; that 30 February is no day is seen here. */
const checkDays = (offer: MandateOffer): FieldError[] =>
  (['from', 'until'] as const)
    .filter((member) => !isDate((offer[member] ?? '2000-01-01').slice(0, 10)))
    .map((member) => fault(`/${member}`, 'FORMAT', '应为真实的时间', 'It must be a time that exists'))

const dayOf = (moment: Date) => formatInstant(moment).slice(0, 10)

/** The same wall clock a year later. China has had no summer time since 1991, so UTC counts as well. */
function yearAfter(moment: Date): Date {
  const later = new Date(moment)
  later.setUTCFullYear(later.getUTCFullYear() + 1)
  return later
}

function checkTime(from: Date, until: Date, now: Date): FieldError[] {
  if (dayOf(from) < dayOf(now))
    return [fault('/from', 'RANGE', '不能早于今天', 'It cannot begin before today')]
  if (until <= from || until <= now)
    return [fault('/until', 'RANGE', '应晚于开始时间和现在', 'It must end after it begins, and after now')]
  if (until > yearAfter(from))
    return [fault('/until', 'RANGE', '授权期限不超过一年', 'A mandate lasts a year at most')]
  return []
}

/** A mandate for what nobody offers would let its giver believe that something is settled. */
async function checkMatters(matters: readonly string[], { store }: Deps): Promise<FieldError[]> {
  if (matters.includes(EVERY_MATTER))
    return matters.length === 1
      ? []
      : [fault('/matters', 'MATTERS', '“*”应单独使用', 'The sign for all matters stands alone')]
  const codes = new Set((await store.matters.byBaseCodes(matters)).map(({ baseCode }) => baseCode))
  const known = await Promise.all(
    matters.map(async (one) => codes.has(one) || (await store.matters.current(one)) !== undefined),
  )
  return matters.flatMap((_one, index) =>
    known[index]
      ? []
      : [
          fault(
            pointerTo('matters', index),
            'MATTER_NOT_FOUND',
            '没有这个事项编码',
            'No matter has this id or base code',
          ),
        ],
  )
}

const checkReceiver = ({ receiver }: MandateOffer, now: Date): FieldError[] => {
  if (!receiver) return []
  const checked = checkIdDocument(receiver.idDocument, now)
  if (receiver.idDocument.type === '001')
    return [
      fault('/receiver/idDocument/type', 'TYPE', '受托人应为自然人', 'Whoever acts for another is a person'),
    ]
  return checked.ok
    ? []
    : [
        fault(
          '/receiver/idDocument/number',
          checked.code.toUpperCase(),
          checked.message.zh,
          checked.message.en,
        ),
      ]
}
