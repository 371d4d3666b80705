/** 好差评 in Anhui's letters: what is sent equals the sample, each rating belongs to a state, and what the played region refuses is told. */
import { expect, test } from 'vitest'
import type { Rating } from '../../schemas/rating.ts'
import type { FiledCase, RateCall, RegionLink } from '../kit/contract.ts'
import type { Outgoing, Transport } from '../kit/transport.ts'
import { anhui } from './index.ts'
import { openCase } from './open.ts'
import { evaluateLevel } from './rating.ts'
import { played, submitted } from './test-played.ts'
import { sample, vectors } from './test-vectors.ts'

const rating: Rating = {
  grade: 'verySatisfied',
  tags: [],
  comment: null,
  channel: 'mobile',
  ratedAt: '2099-01-02T10:30:00+08:00',
  round: 1,
  sourceDivision: '310000',
}
const rate = (link: RegionLink, ...told: Parameters<RateCall>): Promise<void> => {
  if (!link.rate) throw new Error('Anhui takes ratings')
  return link.rate(...told)
}

/** A link to a region whose case has been through these steps, and what it was sent. */
function answering(...nodes: readonly (readonly [state: string, at: string])[]) {
  const sent: Outgoing[] = []
  const transport: Transport = async (out) => {
    sent.push(out)
    const steps = nodes.map(([handleState, startTime]) => ({ handleState, startTime }))
    const body = out.url.endsWith('/evaluate')
      ? sample('rating-push').response.body
      : { result: '01', resultmsg: '', data: { nodes: steps.length === 1 ? steps[0] : steps } }
    return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(body)) }
  }
  const now = () => new Date('2099-01-02T10:30:00+08:00')
  const told = () => JSON.parse(String(sent.at(-1)?.body))
  return { link: anhui.connect(vectors.config, transport, now), sent, told }
}

const filed = {
  division: '340100',
  caseNumber: 'AH340100209901020001',
  matter: { id: 'x', regional: { code: '3401000000000099902' }, name: { zh: '户籍事项证明' } },
  application: {
    applicant: {
      kind: 'person',
      name: '测试甲',
      idDocument: { type: '111', number: '34010319000101001x' },
    },
  },
  handle: { projpwd: '012345' },
} as unknown as FiledCase

test('what is sent equals the sample', async () => {
  const { link, sent, told } = answering(['06', '2099-01-02 09:10:00'], ['20', '2099-01-02 09:30:00'])
  await rate(link, filed, rating)
  const { path, body, headers } = sample('rating-push').request
  expect(new URL(sent[1]?.url ?? '').pathname).toBe(path)
  expect(sent[1]?.headers['S-Auth-GroupId']).toBe(headers?.['S-Auth-GroupId'])
  // Nobody can tick a praise here.
  expect(told()).toEqual({ ...(body as object), evaluateTags: [] })
})

test('each grade of the contract stands in the table', () => {
  expect(Object.values(evaluateLevel.table).flat()).toEqual(['A', 'B', 'C', 'D', 'E'])
})

test('a rating is of the step that it was, however late it is told', async () => {
  const decided = [
    ['06', '2099-01-02 09:10:00'],
    ['11', '2099-01-02 09:20:00'],
    ['20', '2099-01-02 09:30:00'],
  ] as const
  const later = [...decided, ['30', '2099-01-02 11:00:00']] as const
  const soon = [...decided, ['30', '2099-01-02 10:00:00']] as const
  const stateOf = async (steps: typeof later | typeof decided | typeof soon, round: 1 | 2) => {
    const { link, told } = answering(...steps)
    await rate(link, filed, { ...rating, round })
    return told().handleStateCode
  }
  expect(await stateOf(decided, 1)).toBe('20')
  expect(await stateOf(later, 1)).toBe('20')
  expect(await stateOf(decided, 2)).toBe('11')
  expect(await stateOf(later, 2)).toBe('11')
  expect(await stateOf(soon, 2)).toBe('30')
})

test('a case that was not accepted has one step to rate, and one that is under way none', async () => {
  const { link, sent } = answering(['07', '2099-01-02 09:30:00'])
  await rate(link, filed, rating)
  await expect(rate(link, filed, { ...rating, round: 2 }, { isRepeated: true })).rejects.toMatchObject({
    code: 'RATED_ALREADY',
    facts: { reason: 'no other step' },
  })
  expect(sent.filter(({ url }) => url.endsWith('/evaluate'))).toHaveLength(1)
  await expect(rate(answering(['06', '2099-01-02 09:30:00']).link, filed, rating)).rejects.toMatchObject({
    code: 'STATE_CONFLICT',
  })
})

test('what happened by a clock that is ahead is not rated before it happened', async () => {
  const { link, told } = answering(['20', '2099-01-02 10:30:07'])
  await rate(link, filed, rating)
  expect(told()).toMatchObject({
    transactionTime: '2099-01-02 10:30:07',
    evaluateTime: '2099-01-02 10:30:07',
  })
})

test('a bad grade has words: the applicant’s, or else those of what was ticked', async () => {
  const { link, told } = answering(['20', '2099-01-02 09:30:00'])
  await rate(link, filed, { ...rating, grade: 'dissatisfied', tags: ['slow', 'other'] })
  expect(told()).toMatchObject({
    evaluateLevel: 'D',
    evaluateTags: ['办事效率低', '其他'],
    evaluateContent: '办事效率低；其他',
  })
  await rate(link, filed, { ...rating, grade: 'dissatisfied', tags: ['slow'], comment: '等了很久' })
  expect(told().evaluateContent).toBe('等了很久')
})

test.each(['hcp', 'source'])('without all parts of its configuration no rating is offered: %s', (part) => {
  const { options } = vectors.config
  const { hcp: _hcp, ...groups } = options.groups
  const { ratingSource: _source, ...rest } = options
  const some = part === 'hcp' ? { ...options, groups } : rest
  const silent: Transport = () => Promise.reject(new Error('nothing is sent'))
  const link = anhui.connect({ ...vectors.config, options: some } as never, silent, () => new Date())
  expect(link.rate).toBeUndefined()
})

/** A case of the played region that was concluded. */
async function concluded() {
  const here = played()
  const { filedCase, filed: done } = await submitted(here)
  for (const to of ['PRECHECK_PASSED', 'RECEIVED', 'ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED'] as const)
    await here.move(done.caseNumber, to)
  here.pass(60)
  return { ...here, asCase: filedCase(done.caseNumber, 'COMPLETED') }
}

test('the played region takes a rating and a second, once each', async () => {
  const { link, asCase, region } = await concluded()
  await rate(link, asCase, rating)
  await expect(rate(link, asCase, rating)).rejects.toMatchObject({ code: 'RATED_ALREADY' })
  await rate(link, asCase, rating, { isRepeated: true })
  await rate(link, asCase, { ...rating, grade: 'veryDissatisfied', tags: ['attitude'], round: 2 })
  const { ratings } = region.save() as { ratings: object }
  expect(Object.keys(ratings)).toEqual([`${asCase.caseNumber}/20`, `${asCase.caseNumber}/11`])
})

test('a repetition means another thing where an application is handed in', () => {
  const twice = { result: '07', resultmsg: '', data: { unid: 'u', projNo: 'x', evaluateId: 'y' } }
  const problemOf = (operation: string) => {
    try {
      return openCase(twice, operation)
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  expect(['apply-submit', 'rating-push'].map(problemOf)).toEqual(['DUPLICATE_CASE', 'RATED_ALREADY'])
})

test('the played region refuses another applicant, a stranger’s case and another matter', async () => {
  const { link, asCase } = await concluded()
  const { application } = asCase
  const applicant = { ...application.applicant, name: '测试乙' }
  await expect(
    rate(link, { ...asCase, application: { ...application, applicant } }, rating),
  ).rejects.toMatchObject({ code: 'REGION_REJECTED', facts: { code: '03' } })
  const matter = { ...asCase.matter, name: { zh: '别的事项' } }
  await expect(rate(link, { ...asCase, matter }, rating)).rejects.toMatchObject({
    code: 'REGION_REJECTED',
    facts: { member: 'serviceName' },
  })
  await expect(rate(link, { ...asCase, caseNumber: 'AH340100209901029999' }, rating)).rejects.toMatchObject({
    code: 'CASE_NOT_FOUND',
  })
})
