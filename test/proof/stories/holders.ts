/** Jiangsu's national numbers for who holds a licence: all of them are read, eight are written. */
import fc from 'fast-check'
import type { Draw } from '../draw.ts'
import { agree } from '../judge.ts'
import { creditCode, otherNumber, residentNumber } from '../persons.ts'
import type { Reading } from '../readings/reading.ts'
import { answered, asked, at } from '../readings/reading.ts'
import { rawsOf, readerOf, wordOf } from '../tables.ts'
import type { World } from '../world.ts'
import { somebody } from './holdings.ts'

const TABLE = 'czztdmlxdm'

/** A number that fits the type. */
function numberFor(type: string): fc.Arbitrary<string> {
  if (type === '111') return residentNumber
  if (type === '001') return creditCode('91')
  return type === '099' ? creditCode('91').map((code) => code.slice(8, 17)) : otherNumber
}

/** Number of turns. */
export const HOLDER_TYPES = rawsOf('jiangsu', TABLE).length

/** The licences of somebody under a certificate of each kind, which the library is made to tell by this number. */
export async function holderStory(world: World, reading: Reading, turn: number, draw: Draw): Promise<void> {
  const raw = rawsOf('jiangsu', TABLE)[turn % HOLDER_TYPES] ?? ''
  const { licences } = world.link
  const known = world.region.persons.filter(({ kind }) => kind === 'person')
  const { holder, division } = somebody(draw(fc.constantFrom(...known)), reading)
  const audit = { number: '912345678901234', matterName: '居民身份证', actor: '申请人本人' }
  await licences?.find({ division, holder, audit })
  const body = world.last('licence-query').answer.body.toString('utf8')
  const type = wordOf('jiangsu', TABLE, raw)
  const number = draw(numberFor(type))
  world.say('licence-query', () =>
    body
      .replaceAll(/"czztdmlxdm":"\d+"/g, `"czztdmlxdm":"${raw}"`)
      .replaceAll(holder.idDocument.number, number),
  )
  const other = { ...holder, idDocument: { type, number } }
  const found = await licences?.find({ division, holder: other, audit })
  const told = world.last('licence-query')
  const sent = readerOf('jiangsu', world.ledger, 'written')(TABLE, at(asked(told), 'data', 'czztdmlxdm'))
  agree('type of the holder, written', type, sent)
  const rows = at(answered(told), 'data')
  agree('licences of the holder', found?.length, Array.isArray(rows) ? rows.length : 0)
  for (const one of found ?? []) agree('type of the holder, read', one.holder.idDocument.type, type)
  world.ledger.code('jiangsu', TABLE, raw, 'read')
}
