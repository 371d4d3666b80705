import { afterEach, describe, expect, test } from 'vitest'
import {
  closeAll,
  correction,
  errorOf,
  type Gateway,
  open,
  START,
  settled,
  submitted,
} from './test-application.ts'
import { independentSignature } from './test-gateway.ts'

afterEach(closeAll)

describe('a whole story', () => {
  test('goes from submission over a correction to delivery, each step called back and signed', async () => {
    const gateway = open()
    const { projId, projPwd } = await submitted(gateway)
    const status = async () =>
      (
        await gateway.get('status.do', [
          ['projId', projId],
          ['projPwd', projPwd],
        ])
      ).json
    const act = (to: Parameters<Gateway['region']['advance']>[1]['to'], more = {}) => {
      gateway.pass(60)
      return gateway.region.advance(projId, { to, ...more })
    }
    act('PRECHECK_PASSED')
    act('RECEIVED')
    act('CORRECTION_REQUIRED', { fields: ['toAddress'], materials: ['M9900203'] })
    expect(settled(await status())).toMatchObject({
      data: {
        phaseCode: '02',
        doAction: '4',
        correctInfo: { correctSeq: '1', formFields: 'toAddress', suffInfoList: [{ suffId: 'M9900203' }] },
      },
    })
    const answer = await correction(gateway, projId, projPwd)
    const bent = async (changes: object) =>
      errorOf(await gateway.post('correct.do', { ...answer, ...changes }))
    expect(await bent({ suffInfoList: [] })).toEqual([200, 'C-AFFAIR-MATERIAL-MISSING', '材料缺失:M9900203'])
    expect((await bent({ affFormInfo: '{}' }))[2]).toBe('参数错误:affFormInfo.toAddress')
    expect((await bent({ correctSeq: '1' }))[2]).toBe('参数错误:correctSeq')
    expect((await bent({ correctSeq: 2 }))[1]).toBe('C-AFFAIR-STATE-CONFLICT')
    const corrected = await gateway.post('correct.do', answer)
    expect(settled(corrected.json)).toMatchObject({
      data: { correctSeq: '1', phaseCode: '02', doAction: '2' },
    })
    expect(settled((await gateway.post('correct.do', answer)).json)).toMatchObject({
      data: { doAction: '2' },
    })
    expect((await bent({ memo: 'changed' }))[1]).toBe('C-AFFAIR-STATE-CONFLICT')
    for (const to of ['ACCEPTED', 'IN_REVIEW', 'SUSPENDED', 'APPROVED', 'COMPLETED'] as const) act(to)
    expect(() => act('ACCEPTED')).toThrow('allowed: DELIVERED')
    const concluded = settled(await status()) as { data: { nodes: object[] } }
    expect(concluded).toMatchObject({
      data: {
        phaseCode: '04',
        doAction: '0',
        result: '办结',
        resultDesc: '准予许可',
        resultCode: '浙测〔2099〕000004号',
      },
    })
    expect(concluded.data.nodes).toHaveLength(10)
    const result = settled((await gateway.post('result.do', { projId, projPwd })).json)
    expect(result).toMatchObject({
      data: { validTo: '2099/12/31', attachMentVOs: [{ attName: '大中专学生毕业户口迁移结果.pdf' }] },
    })
    act('DELIVERED')
    await gateway.region.sendCallbacks()
    const withdrawal = {
      projId,
      projPwd,
      gmtWithdraw: '2099-01-05 09:09:33',
      reason: '不再需要',
      operatorName: '长三角网关',
      operatorUid: 'csj-gw',
      appId: 'APP-FAKE-CSJ-ZJ',
    }
    expect(errorOf(await gateway.post('withdraw.do', withdrawal))[1]).toBe('C-AFFAIR-STATE-CONFLICT')

    expect(
      gateway.arrived.map(({ url, body }) => [
        new URL(url).pathname,
        `${body['phaseCode']}/${body['doAction']}`,
      ]),
    ).toEqual([
      ['/delta/zj/callback/accept', '01/2'],
      ['/delta/zj/callback/accept', '02/2'],
      ['/delta/zj/callback/accept', '02/4'],
      ['/delta/zj/callback/accept', '02/0'],
      ['/delta/zj/callback/handler', '03/0'],
      ['/delta/zj/callback/handler', '03/5'],
      ['/delta/zj/callback/handler', '03/2'],
      ['/delta/zj/callback/finish', '04/0'],
      ['/delta/zj/callback/finish', '05/0'],
    ])
    for (const { url, headers } of gateway.arrived) {
      const date = headers['X-BG-DATE-TIME'] ?? ''
      const expected = independentSignature(
        'FAKE_SK_ZJ_CB',
        'POST',
        new URL(url).pathname,
        [],
        'FAKE_AK_ZJ_CB',
        date,
      )
      expect(headers['X-BG-HMAC-SIGNATURE']).toBe(expected)
    }
    const times = gateway.arrived.map(({ body }) => String(body['gmtUpdate']))
    expect(times).toEqual([...new Set(times)].sort())
    expect(gateway.region.callbacks().every(({ acknowledged }) => acknowledged)).toBe(true)
  })

  test('event times go on by a second when the clock stands still', async () => {
    const gateway = open()
    const { projId } = await submitted(gateway)
    const first = gateway.region.advance(projId, { to: 'ACCEPTED', silent: true })
    const second = gateway.region.advance(projId, { to: 'IN_REVIEW', silent: true })
    expect([first.updatedAt, second.updatedAt]).toEqual(['2099-01-05 09:00:16', '2099-01-05 09:00:17'])
    expect(gateway.arrived).toHaveLength(0)
  })

  test('a withdrawal by the gateway is answered and not called back', async () => {
    const gateway = open()
    const { projId, projPwd } = await submitted(gateway)
    const body = {
      projId,
      projPwd,
      gmtWithdraw: '2099-01-05 09:09:33',
      reason: '不再需要办理',
      operatorName: '长三角网关',
      operatorUid: 'csj-gw',
      appId: 'APP-FAKE-CSJ-ZJ',
    }
    const reply = await gateway.post('withdraw.do', body)
    const said = { projId, phaseCode: '04', doAction: '3', result: '退件', resultDesc: '申请人撤回' }
    expect(settled(reply.json)).toMatchObject({ data: said })
    expect(errorOf(await gateway.post('withdraw.do', body))[1]).toBe('C-AFFAIR-STATE-CONFLICT')
    expect(gateway.arrived).toHaveLength(0)
  })

  test('a denied case is concluded without permission and keeps its decision', async () => {
    const gateway = open()
    const { projId, projPwd } = await submitted(gateway)
    for (const to of ['ACCEPTED', 'DENIED', 'COMPLETED'] as const) gateway.region.advance(projId, { to })
    const { json } = await gateway.post('result.do', { projId, projPwd })
    const { data } = settled(json) as { data: Record<string, unknown> }
    expect(data).toMatchObject({ result: '办结', resultDesc: '不予许可' })
    expect(data).not.toHaveProperty('resultCode')
  })
})

describe('callbacks', () => {
  test('are sent again until they are acknowledged, and survive a restart', async () => {
    const gateway = open(START, [])
    const { projId } = await submitted(gateway)
    gateway.answerCallbacksWith(() => ({
      status: 200,
      body: '{"success":false,"errorCode":"S-SYSTEM-BUSY"}',
    }))
    gateway.region.advance(projId, { to: 'RECEIVED' })
    await gateway.region.sendCallbacks()
    expect(gateway.region.callbacks()).toMatchObject([
      { acknowledged: false, attempts: 2, lastAnswer: '200 S-SYSTEM-BUSY' },
    ])
    const saved = JSON.parse(JSON.stringify(gateway.region.save()))
    const restarted = open()
    restarted.region.load(saved)
    await restarted.region.sendCallbacks()
    expect(restarted.arrived[0]?.body).toEqual(gateway.arrived[0]?.body)
    expect(restarted.region.callbacks()).toMatchObject([{ acknowledged: true, attempts: 3 }])
    expect(restarted.region.cases().find(({ number }) => number === projId)?.status).toBe('RECEIVED')
    expect(() => restarted.region.load({ region: 'anhui' })).toThrow('not a saved state')
  })

  test('follow their delays', async () => {
    const gateway = open(START, [5, 5])
    const { projId } = await submitted(gateway)
    gateway.answerCallbacksWith(() => {
      if (gateway.arrived.length < 3) throw new Error('nobody there')
      return { status: 200, body: '{"success":true}' }
    })
    gateway.region.advance(projId, { to: 'RECEIVED' })
    await expect.poll(() => gateway.region.callbacks()[0]?.acknowledged, { interval: 5 }).toBe(true)
    expect(gateway.arrived).toHaveLength(3)
  })
})
