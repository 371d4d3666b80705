/** 好差评 in Shanghai's words: what is sent equals the sample, and what the played region refuses is told. */
import { expect, test } from 'vitest'
import type { Rating } from '../../schemas/rating.ts'
import type { FiledCase, RateCall, RegionLink } from '../kit/contract.ts'
import { shanghai } from './index.ts'
import { channel, evalDetail, satisfaction } from './rating.ts'
import { file, played } from './test-region.ts'
import { config, proof, sample, vectors } from './test-vectors.ts'

const rating: Rating = {
  grade: 'verySatisfied',
  tags: [],
  comment: '不用跑上海,很方便',
  channel: 'window',
  ratedAt: '2026-03-02T09:37:00+08:00',
  round: 1,
  sourceDivision: '320500',
}

const rate = (link: RegionLink, ...told: Parameters<RateCall>): Promise<void> => {
  if (!link.rate) throw new Error('Shanghai takes ratings')
  return link.rate(...told)
}

const TOKEN = { access_token: '7155c940f9116ec49d88b1491e754bde', expires_in: 7200 }

test('what is sent equals the sample', async () => {
  const { request, response } = sample('rating-push') as unknown as {
    request: { path: string; body: object }
    response: { body: object }
  }
  const sent: { path: string; body: unknown }[] = []
  const link = shanghai.connect(
    config as never,
    async ({ url, body }) => {
      const path = new URL(url).pathname
      const isRating = path === request.path
      if (isRating) sent.push({ path, body: JSON.parse(String(body)) })
      const answer = isRating ? response.body : TOKEN
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(answer)),
      }
    },
    () => new Date('2026-03-02T09:37:00+08:00'),
  )
  const filed = {
    caseNumber: 'CSJ202603020000001',
    matter: proof,
    application: {
      applicant: {
        kind: 'person',
        name: '测试甲',
        idDocument: { type: '111', number: '310101190001010011' },
      },
    },
  } as unknown as FiledCase
  await rate(link, filed, rating)
  expect(sent).toEqual([{ path: request.path, body: request.body }])
})

test('each code of the contract stands in a table, and none besides', () => {
  for (const [name, table] of Object.entries({ satisfaction, evalDetail, channel })) {
    const told = (vectors.codes as unknown as Record<string, readonly { raw: string }[]>)[name]
    expect(Object.values<readonly string[]>(table.table).flat().toSorted()).toEqual(
      told?.map(({ raw }) => raw).toSorted(),
    )
  }
  // The five words are in the contract's order, best first.
  expect(Object.values(satisfaction.table).flat()).toEqual(vectors.codes.satisfaction.map(({ raw }) => raw))
})

test('a case is rated once and once more, and a repetition after a lost answer is no second', async () => {
  const here = played()
  const { asCase } = await file(here)
  await expect(rate(here.link, asCase, { ...rating, round: 2 })).rejects.toMatchObject({
    code: 'STATE_CONFLICT',
  })
  await rate(here.link, asCase, rating)
  await expect(rate(here.link, asCase, rating)).rejects.toMatchObject({ code: 'RATED_ALREADY' })
  await rate(here.link, asCase, rating, { isRepeated: true })
  await rate(here.link, asCase, { ...rating, grade: 'dissatisfied', tags: ['slow', 'attitude'], round: 2 })
  expect(here.bodyOf('/evaluate/saveEvaluate')).toMatchObject({
    satisfaction: '不满意',
    evalDetail: '11,21',
    assessNumber: 2,
  })
})

test('a bad grade without a reason, a stranger’s case and another applicant are refused', async () => {
  const here = played()
  const { asCase } = await file(here)
  for (const comment of [null, '  '])
    await expect(
      rate(here.link, asCase, { ...rating, grade: 'veryDissatisfied', comment }),
    ).rejects.toMatchObject({
      code: 'RATING_REASON_REQUIRED',
    })
  await expect(
    rate(here.link, { ...asCase, caseNumber: 'CSJ202603029999999' }, rating),
  ).rejects.toMatchObject({
    code: 'CASE_NOT_FOUND',
  })
  const applicant = { ...asCase.application.applicant, name: '测试甲' }
  await expect(
    rate(here.link, { ...asCase, application: { ...asCase.application, applicant } }, rating),
  ).rejects.toMatchObject({ code: 'REGION_REJECTED', facts: { member: 'applicant' } })
})
