import { expect, test } from 'vitest'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { apply } from './test-application.ts'
import { openKit, samplesOf } from './test-kit.ts'

const HCP = '/1.0.0/hcp-service/api/evaluate'

/** A case that clerks have moved, and the sample's rating of it with some members replaced. */
async function rated(...states: readonly CaseStatus[]) {
  const kit = openKit()
  const { projid } = await apply(kit)
  for (const to of states) kit.region.advance(projid, { to })
  const [sample] = samplesOf('rating-push') as unknown as readonly [
    { request: { body: Record<string, unknown> } },
  ]
  const { body } = sample.request
  const rate = async (changes: Readonly<Record<string, unknown>> = {}, group = 'fakegroupah04') => {
    const headers = { 'S-Auth-GroupId': group }
    return (await kit.json(HCP, { ...body, projNo: projid, ...changes }, { headers })).json
  }
  return { projid, rate }
}

test('takes one rating for each state that the case has been in', async () => {
  const { projid, rate } = await rated(
    'RECEIVED',
    'ACCEPTED',
    'IN_REVIEW',
    'APPROVED',
    'COMPLETED',
    'DELIVERED',
  )
  const first = await rate()
  expect(first).toMatchObject({ result: '01', resultmsg: '评价成功', data: { projNo: projid } })
  expect(await rate()).toMatchObject({ result: '07', data: first['data'] })
  expect(await rate({ handleStateCode: '30' })).toMatchObject({ result: '01' })
  expect(await rate({ handleStateCode: '06' })).toMatchObject({ result: '01' })
  expect(await rate({ handleStateCode: '12' })).toMatchObject({
    result: '06',
    data: { projid, handleState: '30' },
  })
})

test('takes none of a step before acceptance, and none of a case that nobody has', async () => {
  const { rate } = await rated('RECEIVED')
  expect(await rate({ handleStateCode: '04' })).toMatchObject({ result: '06' })
  expect(await rate({ projNo: 'AH340100209901029999' })).toMatchObject({ result: '05', data: null })
})

test.each([
  ['handleStateCode', '99'],
  ['evaluateChannel', 'SMS'],
  ['evaluateLevel', '5'],
  ['evaluateContent', '长'.repeat(501)],
  ['evaluateTags', '服务热情'],
  ['evaluateTags', ['']],
  ['evaluateTags', Array(11).fill('快')],
  ['evaluateTime', '2099-01-02 09:29:59'],
  ['source', '502'],
  ['version', 2],
  ['more', 'x'],
  ['serviceCode', '3401000000000099901'],
  ['serviceName', '别的事项'],
  ['regionCode', '340200000000'],
])('refuses %s that is %j by its name', async (member, value) => {
  const { rate } = await rated('RECEIVED', 'ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED')
  expect(await rate({ [member]: value })).toEqual({
    result: '02',
    resultmsg: `参数错误:${member}`,
    data: null,
  })
})

test('refuses a bad grade without words, another applicant, and a caller of another group', async () => {
  const { rate } = await rated('RECEIVED', 'ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED')
  expect(await rate({ evaluateLevel: 'D' })).toMatchObject({ resultmsg: '参数错误:evaluateContent' })
  expect(await rate({ applicantName: '测试乙' })).toMatchObject({ result: '03', resultmsg: '无权限' })
  expect(await rate({}, 'fakegroupah01')).toMatchObject({ code: '10005' })
})
