/** The desk on which licences and photos of the played regions are changed: by a program, and by the admin page. */
import { expect, test } from 'vitest'
import { simulateAnhui } from './anhui/index.ts'
import { virtualClock } from './clock.ts'
import { controlApp } from './control.ts'
import { faultBox } from './faults.ts'
import { simulateJiangsu } from './jiangsu/index.ts'
import { simulateShanghai } from './shanghai/index.ts'
import type { SimulatedHolding, SimulatedRegion } from './simulated.ts'
import type { Staged } from './stage.ts'

const world = {
  now: () => new Date('2026-03-02T09:00:00+08:00'),
  baseUrl: 'http://region.test',
  gatewayUrl: 'http://gateway.test',
  post: async () => ({ status: 200, body: '' }),
}
const controlled = (region: SimulatedRegion): Staged => ({
  region,
  faults: faultBox(),
  exchanges: () => [],
  answer: async () => new Response(),
})
const CARD = '85ff54b4a84c46452b9531daa0724858'

function open() {
  const bare = { ...simulateShanghai(world), region: 'anhui' } as const
  const { holdings: _h, changeHolding: _c, ...withoutHoldings } = bare
  const app = controlApp(
    [controlled(simulateShanghai(world)), controlled(simulateJiangsu(world)), controlled(withoutHoldings)],
    virtualClock(),
  )
  const list = async (region: string): Promise<readonly SimulatedHolding[]> =>
    JSON.parse(await (await app.request(`/__sandbox/${region}/holdings`)).text()).items
  const change = (region: string, id: string, act: unknown) =>
    app.request(`/__sandbox/${region}/holdings/${encodeURIComponent(id)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ act }),
    })
  return { app, list, change }
}

test('licences and photos are listed, and none where a region has none', async () => {
  const { app, list } = open()
  expect((await list('shanghai')).find(({ id }) => id === CARD)).toEqual({
    id: CARD,
    kind: 'licence',
    name: '居民身份证',
    holder: '测试甲',
    idNumber: '310101190001010011',
    state: '有效',
    acts: ['revoke', 'expire'],
  })
  const held = (await list('jiangsu')).filter(({ idNumber }) => idNumber === '310101199003070000')
  expect(held.map(({ kind, name, division }) => [kind, name, division])).toEqual([
    ['licence', '社会保障卡', '320500'],
    ['licence', '机动车驾驶证', '320500'],
    ['photo', '驾驶证', '320500'],
  ])
  expect(await list('anhui')).toEqual([])
  expect((await app.request('/__sandbox/nowhere/holdings')).status).toBe(404)
})

test('a person whom four regions know holds something in more than one', async () => {
  const { list } = open()
  for (const region of ['shanghai', 'jiangsu']) {
    const held = (await list(region)).filter(({ holder }) => holder === '测试通')
    expect(held.filter(({ kind }) => kind === 'licence').length).toBeGreaterThan(0)
    expect(held.find(({ kind }) => kind === 'photo')?.name).not.toBe('')
  }
})

test('a program changes a licence, and is told what it cannot do', async () => {
  const { change, list } = open()
  expect(await (await change('shanghai', CARD, 'revoke')).json()).toMatchObject({ id: CARD, state: '注销' })
  expect((await list('shanghai')).find(({ id }) => id === CARD)?.state).toBe('注销')
  expect((await change('shanghai', CARD, 'revoke')).status).toBe(409)
  expect((await change('shanghai', CARD, 'burn')).status).toBe(400)
  expect((await change('shanghai', 'nothing', 'revoke')).status).toBe(409)
  expect((await change('anhui', CARD, 'revoke')).status).toBe(404)
  expect((await change('nowhere', CARD, 'revoke')).status).toBe(404)
})

test('the page lists them with what can be done, and goes back to itself', async () => {
  const { app, list } = open()
  const page = async () => (await app.request('/__sandbox')).text()
  expect(await page()).toContain(`action="/__sandbox/shanghai/holdings/${CARD}"`)
  const id = 'photo-320501190001010015'
  const done = await app.request(`/__sandbox/jiangsu/holdings/${id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'act=remove',
  })
  expect([done.status, done.headers.get('location')]).toEqual([303, '/__sandbox'])
  expect((await list('jiangsu')).find((one) => one.id === id)?.state).toBe('无照片')
  expect(await page()).toContain('无照片')
})

test('the page offers nothing for a licence to which nothing can be done', async () => {
  const region = simulateAnhui(world)
  expect(region.holdings?.().some(({ acts }) => acts.length === 0)).toBe(true)
  const page = await (await controlApp([controlled(region)], virtualClock()).request('/__sandbox')).text()
  expect(page).toContain('<select name="act" aria-label="改为"><option>')
  expect(page).not.toContain('<select name="act" aria-label="改为"></select>')
})
