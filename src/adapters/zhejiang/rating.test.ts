/** 好差评 in Zhejiang's codes: what is sent equals the sample, and what the played platform refuses is told. */
import { expect, test } from 'vitest'
import type { Rating } from '../../schemas/rating.ts'
import type { FiledCase, RateCall, RegionLink } from '../kit/contract.ts'
import { ratingChannel, satisfaction } from './rating.ts'
import { filingOf, meet } from './test-platform.ts'
import { replay } from './test-replay.ts'
import { applied, moving, sample, vectors } from './test-vectors.ts'

const rating: Rating = {
  grade: 'dissatisfied',
  tags: ['inconvenient'],
  comment: '多跑了一次',
  channel: 'mobile',
  ratedAt: '2099-01-05T09:09:26+08:00',
  round: 1,
  sourceDivision: '310000',
}
const rate = (link: RegionLink, ...told: Parameters<RateCall>): Promise<void> => {
  if (!link.rate) throw new Error('Zhejiang takes ratings')
  return link.rate(...told)
}

test('what is sent equals the sample, and its duplicate is told', async () => {
  const now = { proStatus: 3, phaseCode: '04', gmtAccept: '2099-01-05 09:05:00' }
  const steps = [[undefined, { success: true, data: now }], [sample('rating-push')]] as const
  const { link, left } = replay(steps)
  const filed = {
    division: '330100',
    caseNumber: '330101990105000000004',
    matter: moving,
    application: {
      ...applied,
      applicant: {
        kind: 'person',
        name: '测试甲',
        idDocument: { type: '111', number: '33010619010203101X' },
      },
    },
    handle: { projId: '330101990105000000004', projPwd: '149509' },
  } as unknown as FiledCase
  await rate(link, filed, rating)
  expect(left).toEqual([])
  const refused = replay([
    [undefined, { success: true, data: now }],
    [undefined, sample('rating-push', 'duplicate: refused').response.body],
  ])
  await expect(rate(refused.link, filed, rating)).rejects.toMatchObject({ code: 'RATED_ALREADY' })
})

test('each code of the contract that anybody can choose stands in a table', () => {
  const raws = (rows: readonly { raw: string }[]) => rows.map(({ raw }) => raw).toSorted()
  expect(Object.values<readonly string[]>(satisfaction.table).flat()).toEqual(
    vectors.codes.rating.map(({ raw }) => raw),
  )
  expect([...Object.values<readonly string[]>(ratingChannel.table).flat(), '7'].toSorted()).toEqual(
    raws(vectors.codes.ratingChannel),
  )
})

test('the played platform takes a rating and a second, once each, and a tag without a code in words', async () => {
  const met = await meet()
  const { filing, filed } = filingOf(met)
  const own = filed(await met.link.submit(filing()))
  const second: Rating = { ...rating, grade: 'veryDissatisfied', tags: ['skill'], comment: null, round: 2 }
  await expect(rate(met.link, own, second)).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  await expect(rate(met.link, own, { ...rating, tags: [], comment: null })).rejects.toMatchObject({
    code: 'RATING_REASON_REQUIRED',
  })
  const stranger = {
    ...own,
    application: { ...own.application, applicant: { ...own.application.applicant, name: '测试乙' } },
  }
  await expect(rate(met.link, stranger, rating)).rejects.toMatchObject({
    code: 'REGION_REJECTED',
    facts: { member: 'userName' },
  })
  await rate(met.link, own, rating)
  await expect(rate(met.link, own, rating)).rejects.toMatchObject({ code: 'RATED_ALREADY' })
  await rate(met.link, own, rating, { isRepeated: true })
  await rate(met.link, own, second)
})
