import { afterEach, describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/zj.json' with { type: 'json' }
import { isCreditCode, isResidentId } from './check-digits.ts'
import { queryLine, sharingSign, signatureOf } from './signature.ts'
import { closeAll, type Gateway, open, PREFIX, requestSecret, settled } from './test-application.ts'
import { dataOf } from './test-gateway.ts'

afterEach(closeAll)

interface Sample {
  readonly op: string
  readonly note?: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly query: Readonly<Record<string, string>>
    readonly headers: Readonly<Record<string, string>>
    readonly body: unknown
  }
  readonly response: { readonly body: unknown }
}

// The vectors file is a copy of the contract's own; section 9 says that samples have this shape.
const samples = vectors.samples as unknown as readonly Sample[]

function sampleOf(op: string, note?: string): Sample {
  const sample = samples.find((one) => one.op === op && (note === undefined || one.note === note))
  if (sample === undefined) throw new Error(`There is no sample ${op}.`)
  return sample
}

/** Replays a recorded request with its own headers; the body may be replaced, since it is not signed. */
async function replay(gateway: Gateway, { request }: Sample, body = request.body) {
  const { method, path, headers } = request
  gateway.setClock(headers['X-BG-DATE-TIME'] ?? '')
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const query = Object.entries(request.query)
  return gateway.send(method, path, { query, headers, ...(text === undefined ? {} : { body: text }) })
}

describe('signatures', () => {
  test.each(vectors.signing)('$name is the known answer', (known) => {
    if (known.kind === 'irs-hmac-sha256') {
      const { method = '', path = '', accessKey = '', date = '', secretKey = '' } = known
      const query = Object.entries(known.query ?? {}).map(([key, value]) => [key, String(value)] as const)
      expect(signatureOf(secretKey, { method, path, query, accessKey, date })).toBe(known.expected.signature)
      expect(known.expected.stringToSign?.split('\n')[2]).toBe(queryLine(query))
    }
    if (known.kind === 'sharing-md5') {
      const sign = sharingSign(known.appKey ?? '', known.secret ?? '', known.requestTime ?? '')
      expect(sign).toBe(known.expected.sign)
    }
  })

  test('check characters are looked at', () => {
    expect(isResidentId('33010619010203101X')).toBe(true)
    expect(isResidentId('330106190102031011')).toBe(false)
    expect(isCreditCode('91330100MA9TEXT19M')).toBe(true)
    expect(isCreditCode('91330100MA9TEXT19N')).toBe(false)
  })
})

describe('the recorded samples', () => {
  test('the catalogue is answered as recorded', async () => {
    const gateway = open()
    expect((await replay(gateway, sampleOf('sharing-token'))).json['code']).toBe('00')
    const secret = await requestSecret(gateway)
    for (const op of ['matter-list', 'matter-detail', 'window-list']) {
      const { request, response } = sampleOf(op)
      const { appKey: _, requestTime: __, sign: ___, ...query } = request.query as Record<string, string>
      const tail = request.path.replace(`${PREFIX}1/gateway/`, '')
      for (let round = 0; round < 6; round += 1) {
        const { json } = await gateway.share(tail, secret, query)
        const forms = (value: unknown) =>
          JSON.stringify(settled(value)).replace(/\\"maxLen\\":\\"(\d+)\\"/g, '\\"maxLen\\":$1')
        expect(JSON.parse(forms(json))).toEqual(JSON.parse(forms(response.body)))
      }
    }
  })

  test('number, upload, submission, repeats and the list of cases are answered as recorded', async () => {
    const gateway = open()
    const number = await replay(gateway, sampleOf('projid-get'))
    expect(settled(number.json)).toEqual(settled(sampleOf('projid-get').response.body))
    const { projId } = dataOf(number)
    const parts = { projId, suffId: 'M9900203', attName: '毕业证书.pdf', phaseCode: '01' }
    const uploaded = await gateway.upload(parts, new Uint8Array(40))
    expect(dataOf(uploaded)).toMatchObject({ attName: '毕业证书.pdf' })
    const { attPath } = dataOf(uploaded)
    const withFile = (body: unknown): string =>
      JSON.stringify(body).replace('oss://fake/330101990105000000004/3d205eb15bfa22f3.pdf', attPath ?? '')
    for (const note of [undefined, 'same number, other content: refused', 'member error']) {
      const sample = sampleOf('apply-submit', note)
      const reply = await replay(gateway, sample, withFile(sample.request.body))
      expect(settled(reply.json)).toEqual(settled(sample.response.body))
    }
    const list = await replay(gateway, sampleOf('case-list'))
    const expected = settled(sampleOf('case-list').response.body) as { data: { list: object[] } }
    // The case is not delivered here, so its row differs where the state is said.
    expect(settled(list.json)).toMatchObject({
      data: { total: '3', list: [{ projId }, expected.data.list[1]] },
    })
    const health = await replay(gateway, sampleOf('health'))
    expect(settled(health.json)).toEqual(settled(sampleOf('health').response.body))
  })
})

describe('the recorded story', () => {
  const FILE = { suffId: 'M9900203', attName: '毕业证书.pdf' }

  test('is told again with the same states, times, callbacks and result', async () => {
    const gateway = open()
    const { projId } = dataOf(await replay(gateway, sampleOf('projid-get')))
    const first = await gateway.upload({ projId, ...FILE, phaseCode: '01' }, new Uint8Array(40))
    const filed = (body: unknown, path = '', password = ''): string =>
      JSON.stringify(body)
        .replace(/oss:[^"]+/g, path)
        .replace('149509', password)
    const submission = sampleOf('apply-submit')
    const { projPwd = '' } = dataOf(
      await replay(gateway, submission, filed(submission.request.body, dataOf(first)['attPath'])),
    )
    const keys = [
      ['projId', projId],
      ['projPwd', projPwd],
    ] as const
    const play = (
      to:
        | 'PRECHECK_PASSED'
        | 'RECEIVED'
        | 'CORRECTION_REQUIRED'
        | 'ACCEPTED'
        | 'IN_REVIEW'
        | 'SUSPENDED'
        | 'APPROVED'
        | 'COMPLETED'
        | 'DELIVERED',
      more = {},
    ) => {
      gateway.setClock(sampleOf('case-callback', to).request.headers['X-BG-DATE-TIME'] ?? '')
      gateway.region.advance(projId, { to, ...more })
    }
    play('PRECHECK_PASSED')
    play('RECEIVED')
    const description = '毕业证书不清晰'
    play('CORRECTION_REQUIRED', { opinion: description, fields: ['toAddress'], materials: ['M9900203'] })
    // The recorded clerk says one thing in the step and another one in the request; this one says the same in both.
    const recorded = (body: unknown) =>
      JSON.parse(JSON.stringify(settled(body)).replaceAll('请补正材料', description))
    const asked = await gateway.get('status.do', keys)
    expect(settled(asked.json)).toEqual(recorded(sampleOf('case-query', 'correction required').response.body))
    const second = await gateway.upload({ projId, ...FILE, phaseCode: '02' }, new Uint8Array(40))
    const answer = sampleOf('apply-correct')
    const corrected = await replay(
      gateway,
      answer,
      filed(answer.request.body, dataOf(second)['attPath'], projPwd),
    )
    expect(settled(corrected.json)).toEqual(settled(answer.response.body))
    play('ACCEPTED')
    play('IN_REVIEW')
    play('SUSPENDED', { opinion: '核查落户条件' })
    play('APPROVED')
    play('COMPLETED')
    const concluded = samples.find(({ op, note }) => op === 'case-query' && note === undefined)
    expect(settled((await gateway.get('status.do', keys)).json)).toEqual(recorded(concluded?.response.body))
    const { body } = sampleOf('case-result').response
    const withoutDigest = (value: unknown) =>
      JSON.parse(JSON.stringify(value).replace(/"(digest|attSize)":"\w+"/g, '"$1":""'))
    const result = await gateway.post('result.do', { projId, projPwd })
    expect(withoutDigest(settled(result.json))).toEqual(withoutDigest(settled(body)))
    play('DELIVERED')
    await gateway.region.sendCallbacks()
    const events = samples
      .filter(({ op }) => op === 'case-callback')
      .map(({ request }) => recorded(request.body))
    expect(gateway.arrived.map((one) => settled(one.body))).toEqual(events)
  })
})
