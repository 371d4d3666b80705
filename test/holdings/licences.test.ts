/** Licences of four regions: found, opened, and verified by identifier, by number and by file. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isCity } from '../../src/schemas/division.ts'
import { mod3736 } from '../../src/schemas/identifiers/licence-id.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { HEFEI, holder, matterId, SHANGHAI, SUZHOU } from '../support/holdings.ts'

let gateway: TestGateway
let client: Caller

beforeAll(async () => {
  gateway = await startTestGateway()
  client = await gateway.as('sandbox-zhejiang', 'licences cases')
}, 60_000)
afterAll(() => gateway.close())

// biome-ignore lint/suspicious/noExplicitAny: tests look into licences member by member.
const licencesOf = async (own: Caller): Promise<readonly any[]> =>
  (await own('GET', '/api/v1/me/licences')).body.items

describe('a person’s licences', () => {
  test.each([
    ['Shanghai', SHANGHAI, 'shanghai'],
    ['Jiangsu', SUZHOU, 'jiangsu'],
    ['Zhejiang', { name: '测试甲', number: '33010619010203101X', region: 'zhejiang' } as const, 'zhejiang'],
    ['Anhui', HEFEI, 'anhui'],
  ])(
    'come from %s with type, issuer, validity and state, and with their numbers masked',
    async (_name, who, region) => {
      const { own } = await holder(who, gateway)
      const items = await licencesOf(own)
      const card = items.find((one) => one.kind === 'idCard')
      expect(card).toMatchObject({
        status: 'valid',
        source: { region },
        trust: 'listed',
        holder: { name: who.name },
        issuer: { name: expect.any(String) },
      })
      expect(JSON.stringify(items)).not.toContain(who.number)
    },
  )

  test('of somebody whom all four regions know stand side by side, and none over another', async () => {
    const { own } = await holder({ name: '测试通', number: '310101199003070000', region: 'anhui' }, gateway)
    const items = await licencesOf(own)
    const regions = new Set(items.map((one) => one.source.region))
    expect(regions.size).toBeGreaterThanOrEqual(3)
    expect(new Set(items.map((one) => one.id)).size).toBe(items.length)
  })

  test('are opened one by one, each look recorded', async () => {
    const { own } = await holder(HEFEI, gateway)
    const card = (await licencesOf(own)).find((one) => one.kind === 'idCard')
    const { status, body } = await own('GET', `/api/v1/me/licences/${card.id}`)
    expect([status, body.number, body.holder.idDocument.number]).toEqual([200, HEFEI.number, HEFEI.number])
    expect((await own('GET', '/api/v1/me/accesses?limit=1')).body.items).toMatchObject([
      { act: 'licences.read', role: 'holder', fields: ['licence', 'licenceFace'], outcome: 'granted' },
    ])
  })

  test('an ended one is listed after the valid ones, and is not handed over', async () => {
    const { own } = await holder(HEFEI, gateway)
    const items = await licencesOf(own)
    const ended = items.filter((one) => one.status !== 'valid')
    expect(ended.length).toBeGreaterThan(0)
    expect(items.slice(0, items.length - ended.length).every((one) => one.status === 'valid')).toBe(true)
    await gateway.sync('320500')
    const matter = await matterId(gateway, 'jiangsu', '社会保障卡补领换领换发')
    const grant = await own('POST', `/api/v1/me/licences/${ended[0].id}/grants`, {
      purpose: 'replaceMaterial',
      matter,
      receiver: 'sandbox-zhejiang',
    })
    const refused = await client('GET', `/api/v1/licences/${grant.body.code}`)
    expect(refused.body.code).toBe('LICENCE_NOT_VALID')
  })

  test('of a firm are the firm’s, and those of whoever sits there are not among them', async () => {
    const firm = { name: '上海示例科技有限公司', number: '91310000MA1TEXT06C' }
    const { own } = await holder({ ...SHANGHAI, firm }, gateway)
    const items = await licencesOf(own)
    expect(items.map((one) => one.kind)).toEqual(['businessLicence'])
  })
})

describe('an identifier by itself', () => {
  const verify = (body: object) => client('POST', '/api/v1/licences/verify', body)
  const identifierOf = (type: string, issuer: string, serial: string, version = '001') =>
    `1.2.156.3005.2.${type}.${issuer}.${serial}.${version}.${mod3736(type + issuer + serial + version)}`

  test.each([
    // Identifiers that were published, with their check characters.
    ['1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U'],
    ['1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9'],
    ['1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0'],
  ])('%s has the right form', async (identifier) => {
    const { status, body } = await verify({ identifier })
    expect(status).toBe(200)
    expect(body).toMatchObject({ form: { ok: true, fault: null }, trust: 'formOnly' })
  })

  test('with a wrong check character is told so, and no region is asked', async () => {
    const { body } = await verify({
      identifier: '1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.V',
    })
    expect(body).toMatchObject({
      form: { ok: false, fault: 'checksum' },
      trust: 'none',
      region: { asked: false },
    })
  })

  test.each([
    ['320500', 'jiangsu', '320500'],
    ['11340100MB1FAKE125', 'anhui', '340100'],
    ['340104', 'anhui', '340100'],
  ])('tells by its issuer %s which region to ask', async (issuer, id, division) => {
    const { body } = await verify({ identifier: identifierOf('11100000MB1TEXT935001', issuer, 'FAKE1') })
    expect(body.region).toMatchObject({ id, division, asked: false, missing: expect.any(Array) })
  })

  test('of another part of the country has no region here', async () => {
    const { body } = await verify({ identifier: identifierOf('11100000MB1TEXT935001', '440100', 'FAKE1') })
    expect(body).toMatchObject({
      trust: 'formOnly',
      region: { id: null, asked: false, reason: 'DIVISION_UNKNOWN' },
    })
  })

  test.each([[{}], [{ identifier: '' }], [{ number: 'x' }], [{ identifier: 'x', more: 1 }]])(
    '%j is refused',
    async (body) => {
      expect((await verify(body)).status).toBe(422)
    },
  )
})

describe('a licence at its region', () => {
  const upload = async (bytes: Buffer, name = 'licence.pdf') => {
    const form = new FormData()
    form.append('file', new File([new Uint8Array(bytes)], name, { type: 'application/pdf' }))
    return (await client('POST', '/api/v1/uploads', form)).body.uploadId as string
  }
  /** A licence of a person with its file, as its region gives it. */
  const fileOf = async (who: typeof HEFEI, kind: string) => {
    const { own, person } = await holder(who, gateway)
    const found = (await licencesOf(own)).find((one) => one.kind === kind)
    const { deps } = gateway.gateway
    const row = await deps.store.holdings.readOwn(person.principal.personId, 'licence', found.id)
    if (!row) throw new Error('no such licence')
    const licence = deps.sealing.open<{ id: string; identifier?: string; number: string }>(row.sealed)
    // A licence that its region does not tell the city of is asked for at any city of it.
    const told = found.source.division as string
    const division = isCity(told) ? told : deps.directory.at(told).city
    const { licences } = deps.directory.at(division).link
    const audit = { number: '900000000000001', matterName: '测试', actor: '测试' }
    const file = await licences?.fetch({
      division,
      holder: { name: who.name, idDocument: { type: '111', number: who.number } },
      audit,
      licence: licence as never,
      reason: '测试',
    })
    return { licence, file }
  }
  const changed = (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('changed')])

  test.each([
    ['Jiangsu', SUZHOU],
    ['Zhejiang', { name: '测试甲', number: '33010619010203101X', region: 'zhejiang' } as const],
  ])('%s confirms the file of an identifier, and refuses one that was changed', async (_name, who) => {
    const { licence, file } = await fileOf(who, 'idCard')
    if (!file) throw new Error('no file')
    const name = file.contentType.includes('ofd') ? 'licence.ofd' : 'licence.pdf'
    const genuine = await client('POST', '/api/v1/licences/verify', {
      identifier: licence.identifier,
      uploadId: await upload(file.bytes, name),
    })
    expect(genuine.body).toMatchObject({
      trust: 'confirmed',
      region: { asked: true, exists: true, status: 'valid', fileMatches: true },
    })
    const forged = await client('POST', '/api/v1/licences/verify', {
      identifier: licence.identifier,
      uploadId: await upload(changed(file.bytes), name),
    })
    expect(forged.body.region).toMatchObject({ asked: true, fileMatches: false })
  })

  test('Shanghai confirms by holder, kind and number', async () => {
    const claim = {
      division: '310000',
      kind: 'idCard',
      number: SHANGHAI.number,
      holder: { name: SHANGHAI.name, idDocument: { type: '111', number: SHANGHAI.number } },
    }
    const { body } = await client('POST', '/api/v1/licences/verify', claim)
    expect(body).toMatchObject({
      form: null,
      trust: 'confirmed',
      region: { id: 'shanghai', exists: true, status: 'valid' },
    })
    const none = await client('POST', '/api/v1/licences/verify', { ...claim, number: '310101190001010012' })
    expect(none.body).toMatchObject({ trust: 'none', region: { asked: true, exists: false } })
  })

  test('a person asks of their own licences, and of nobody else’s', async () => {
    const { own } = await holder(SHANGHAI, gateway)
    const claim = (who: { name: string; number: string }) => ({
      division: '310000',
      kind: 'idCard',
      number: who.number,
      holder: { name: who.name, idDocument: { type: '111', number: who.number } },
    })
    expect((await own('POST', '/api/v1/licences/verify', claim(SHANGHAI))).body.trust).toBe('confirmed')
    expect(await own('POST', '/api/v1/licences/verify', claim(SUZHOU))).toMatchObject({
      status: 403,
      body: { code: 'APPLICANT_NOT_SELF', errors: [{ pointer: '/holder/idDocument/number' }] },
    })
  })

  test('Anhui confirms by identifier and number', async () => {
    const { licence } = await fileOf(HEFEI, 'idCard')
    const { body } = await client('POST', '/api/v1/licences/verify', {
      identifier: licence.identifier,
      number: HEFEI.number,
    })
    expect(body).toMatchObject({ trust: 'confirmed', region: { id: 'anhui', exists: true } })
  })

  test('a region that does not answer is said to be silent, and the form stands', async () => {
    const { licence } = await fileOf(HEFEI, 'idCard')
    gateway.region('anhui').faults.add({ kind: 'error', operation: 'licence-verify' })
    const { body } = await client('POST', '/api/v1/licences/verify', {
      identifier: licence.identifier,
      number: HEFEI.number,
    })
    gateway.region('anhui').faults.clear()
    expect(body).toMatchObject({ trust: 'formOnly', region: { asked: true, reason: 'REGION_UNAVAILABLE' } })
  })

  test('another client’s upload is not there', async () => {
    const other = await gateway.as('sandbox-anhui', 'licences cases')
    const uploadId = await upload(Buffer.from('%PDF-1.4 x'))
    const refused = await other('POST', '/api/v1/licences/verify', {
      identifier: '1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9',
      uploadId,
    })
    expect(refused.body.code).toBe('UPLOAD_NOT_FOUND')
  })
})
