/** Platforms that break their contract in one thing each, and the requirement by which each is found. */
import { speechOf } from '../../src/conformance/speech/index.ts'
import type { SimulatedRegion, SimulatedRegionId } from '../../src/sandbox/simulated.ts'
import type { Meddling } from './platforms.ts'

export type Mutant = readonly [
  name: string,
  region: SimulatedRegionId,
  foundBy: string,
  meddling: (region: SimulatedRegion) => Meddling,
]

// biome-ignore lint/suspicious/noExplicitAny: a mutant reaches into an envelope of any region.
type Envelope = any

/** Changes the JSON answer of one operation. */
const tells = (operation: string, change: (envelope: Envelope) => void, status?: number) => (): Meddling => ({
  after: async (response, at) => {
    if (at !== operation) return response
    const envelope: Envelope = await response.json()
    change(envelope)
    return new Response(JSON.stringify(envelope), {
      status: status ?? response.status,
      headers: { 'content-type': response.headers.get('content-type') ?? '' },
    })
  },
})

/** Gives every request of one operation the signature that it should have had. */
const forgives =
  (operation: string) =>
  (region: SimulatedRegion): Meddling => ({
    before: async (request, at) => {
      if (at !== operation) return request
      const config = region.config as never
      const body = Buffer.from(await request.arrayBuffer())
      const headers = Object.fromEntries([...request.headers].filter(([name]) => !/^(x-bg|x-tif)/.test(name)))
      const method = request.method === 'GET' ? ('GET' as const) : ('POST' as const)
      const signed = speechOf(region.region, config).sign(
        { method, url: request.url, headers, body },
        config,
        new Date(),
      )
      return new Request(request.url, {
        method,
        headers: signed.headers,
        ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
      })
    },
  })

/** Says of every answer of an operation that it is something else. */
const typed = (operation: string, type: string) => (): Meddling => ({
  after: async (response, at) =>
    at === operation
      ? new Response(await response.arrayBuffer(), { headers: { 'content-type': type } })
      : response,
})

/** Answers refusals of one code with another code. */
const renames = (operation: string, from: string, to: string) => (): Meddling => ({
  after: async (response, at) => {
    if (at !== operation) return response
    const text = (await response.text()).replace(`"${from}"`, `"${to}"`)
    return new Response(text, {
      status: response.status,
      headers: { 'content-type': response.headers.get('content-type') ?? '' },
    })
  },
})

/** Answers every refusal of an operation with the last good answer. */
const pleases = (operation: string) => (): Meddling => {
  let good: string | undefined
  return {
    after: async (response, at) => {
      if (at !== operation) return response
      const text = await response.text()
      const headers = { 'content-type': response.headers.get('content-type') ?? '' }
      const refused = /"success":false|"isSuccess":false|"code":"?0"?,|"result":"0[2-9]"|"flag":"4/.test(text)
      if (!refused) good = text
      return new Response(refused && good !== undefined ? good : text, { headers })
    },
  }
}

export const MUTANTS: readonly Mutant[] = [
  ['takes any signature', 'zhejiang', 'ZJ-3.1-signature-case-query', forgives('case-query')],
  ['takes any clock', 'zhejiang', 'ZJ-3.1-skew', forgives('health')],
  [
    'leaves the password out',
    'zhejiang',
    'ZJ-4.b.2-apply-submit',
    tells('apply-submit', (e) => delete e.data?.projPwd),
  ],
  [
    'has numbers of twenty digits',
    'zhejiang',
    'ZJ-4.b.1-projid-get',
    tells('projid-get', (e) => {
      if (e.data) e.data.projId = e.data.projId.slice(1)
    }),
  ],
  [
    'forgets that it has the application',
    'zhejiang',
    'ZJ-4.b.2-repeat',
    () => {
      let count = 0
      return tells('apply-submit', (e) => {
        count += 1
        if (e.data?.projPwd && count > 2) e.data.projPwd = '000000'
      })()
    },
  ],
  ['takes other content under the same number', 'zhejiang', 'ZJ-4.b.2-duplicate', pleases('apply-submit')],
  [
    'renames the code of an unknown case',
    'zhejiang',
    'ZJ-4.c.1-unknown',
    renames('case-query', 'C-AFFAIR-PROJ-NOT-EXIST', 'C-AFFAIR-NOT-FOUND'),
  ],
  [
    'answers an unknown case with 404',
    'zhejiang',
    'ZJ-4.c.1-unknown',
    () => ({
      after: async (r, at) => {
        const text = await r.text()
        return new Response(text, {
          status: at === 'case-query' && text.includes('"success":false') ? 404 : r.status,
          headers: r.headers,
        })
      },
    }),
  ],
  [
    'answers success as a text',
    'zhejiang',
    'ZJ-4.i-health',
    tells('health', (e) => {
      e.success = 'true'
    }),
  ],
  [
    'writes times with a T',
    'zhejiang',
    'ZJ-4.i-health',
    tells('health', (e) => {
      e.data.gmtNow = e.data.gmtNow.replace(' ', 'T')
    }),
  ],
  ['speaks GBK', 'zhejiang', 'ZJ-1-charset', typed('health', 'application/json; charset=GBK')],
  [
    'has a state that no table has',
    'zhejiang',
    'ZJ-4.c.1-case-query',
    tells('case-query', (e) => {
      if (e.data) e.data.phaseCode = '09'
    }),
  ],
  ['withdraws twice', 'zhejiang', 'ZJ-4.l-repeat', pleases('case-withdraw')],
  ['rates twice', 'zhejiang', 'ZJ-4.h-twice', pleases('rating-push')],
  [
    'tells another digest of the photo',
    'zhejiang',
    'ZJ-f-photo-whole',
    tells('photo-fetch', (e) => {
      if (e.data) e.data.sha256 = '0'.repeat(64)
    }),
  ],
  ['gives a ticket twice', 'zhejiang', 'ZJ-4.e-ticket-once', pleases('sso-exchange')],
  ['takes any token', 'shanghai', 'SH-3.1-signature-case-query', pleases('case-query')],
  [
    'has a status word of its own',
    'shanghai',
    'SH-4.12-withdraw',
    tells('withdraw', (e) => {
      if (e.data) e.data.status = '已撤回'
    }),
  ],
  [
    'tells a wrong secret with 401',
    'shanghai',
    'SH-3.1-secret',
    () => ({
      after: async (r, at) => {
        const text = await r.text()
        return new Response(text, {
          status: at === 'token' && text.includes('error') ? 401 : r.status,
          headers: r.headers,
        })
      },
    }),
  ],
  [
    'moves the time of a withdrawal',
    'shanghai',
    'SH-4.12-repeat',
    () => {
      let count = 0
      return tells('withdraw', (e) => {
        count += 1
        if (count > 1 && e.data) e.data.opTime = '2099-01-01 00:00:00'
      })()
    },
  ],
  [
    'answers an error under success',
    'shanghai',
    'SH-4.1-matter-detail',
    tells('matter-detail', (e) => {
      e.isSuccess = false
      e.errorCode = 'SYSTEM_ERROR'
    }),
  ],
  ['takes any bus signature', 'jiangsu', 'JS-3.1-signature-case-query', forgives('case-query')],
  ['takes a nonce twice', 'jiangsu', 'JS-3.1-nonce', forgives('health')],
  [
    'has another text for an unknown case',
    'jiangsu',
    'JS-c-unknown',
    renames('case-query', '该办件未查询到', '办件不存在'),
  ],
  [
    'makes a new case at each repetition',
    'jiangsu',
    'JS-b-init-repeat',
    () => {
      let count = 0
      return tells('case-init', (e) => {
        count += 1
        if (count > 2) e.custom.projectguid = '00000000-0000-0000-0000-000000000000'
      })()
    },
  ],
  ['submits twice', 'jiangsu', 'JS-b-twice', pleases('case-submit')],
  [
    'drops the number of a listed case',
    'jiangsu',
    'JS-j-case-list',
    tells('case-list', (e) => {
      for (const one of [e.custom.projectlist ?? []].flat()) delete one.flowsn
    }),
  ],
  ['takes a repeated UNID', 'anhui', 'AH-4b-duplicate', pleases('apply-submit')],
  ['tells a wrong password as unknown', 'anhui', 'AH-4c-password', renames('case-query', '03', '05')],
  [
    'has a state of one digit',
    'anhui',
    'AH-4c-case-query',
    tells('case-query', (e) => {
      if (e.data) e.data.handleState = '1'
    }),
  ],
  [
    'leaves the digest of a document out',
    'anhui',
    'AH-4m-result-download',
    tells('result-download', (e) => {
      for (const one of [e.data?.files ?? []].flat()) delete one.md5
    }),
  ],
  [
    'says that nothing is missing',
    'jiangsu',
    'JS-d-files-whole',
    tells('case-check', (e) => {
      e.custom.isallsubmit = '1'
    }),
  ],
  [
    'lists files without their names',
    'jiangsu',
    'JS-d-material-list',
    tells('material-list', (e) => {
      for (const one of [e.custom.attachlist ?? []].flat()) delete one.attachname
    }),
  ],
  [
    'gives a file back as another kind',
    'jiangsu',
    'JS-d-files-whole',
    typed('material-download', 'application/octet-stream'),
  ],
  ['deletes a file twice', 'jiangsu', 'JS-d-files-whole', renames('material-delete', '附件不存在', '不存在')],
  ['deletes a file twice', 'shanghai', 'SH-d-files-whole', pleases('material-delete')],
  ['takes a file with any token', 'shanghai', 'SH-3.1-signature-material-upload', pleases('material-upload')],
  [
    'scans another licence',
    'shanghai',
    'SH-g-licence-more-whole',
    tells('licence-scan', (e) => {
      e.encodeCertCode = '0'.repeat(32)
    }),
  ],
  [
    'draws a licence as a page',
    'shanghai',
    'SH-g-licence-more-whole',
    typed('licence-thumbnail', 'text/html'),
  ],
  [
    'gives a repeated file another address',
    'anhui',
    'AH-d-files-whole',
    () => {
      let count = 0
      return tells('material-upload', (e) => {
        count += 1
        for (const one of [e.data ?? []].flat()) one.fileUrl = `${one.fileUrl}${count}`
      })()
    },
  ],
  ['hands a file to any password', 'anhui', 'AH-d-files-whole', renames('material-download', '403', '404')],
  [
    'leaves the face of a licence out',
    'anhui',
    'AH-4g-licence-query',
    tells('licence-query', (e) => {
      for (const one of [e.data ?? []].flat()) delete one.certData
    }),
  ],
  [
    'says that a good token has ended',
    'anhui',
    'AH-g-licence-more-whole',
    tells('token-info', (e) => {
      for (const one of [e.data ?? []].flat()) one.state = '0'
    }),
  ],
  [
    'has no log-in page',
    'zhejiang',
    'ZJ-e-log-in-page-whole',
    () => ({ after: (r, at) => (at === 'sso-login' ? new Response('', { status: 503 }) : r) }),
  ],
]
