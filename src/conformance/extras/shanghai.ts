/** Shanghai: files of a draft (contract 4.4), a licence's picture and the code that is scanned (4.6). */
import type { Bench } from '../bench.ts'
import { answered, asked, type Extra, elsewhere, fetched, like, refused, told } from './extra.ts'

async function files(bench: Bench): Promise<void> {
  const first = asked(bench, 'apply-save', 'applyNo')
  const applyNo = await told(bench, like(bench, 'apply-no'), 'applyNo')
  await told(
    bench,
    like(bench, 'apply-save', ({ body }) => {
      if (!body) return
      const extInfo = body['extInfo'] as Record<string, unknown>
      Object.assign(body, {
        applyNo,
        extInfo: { ...extInfo, sourceCaseNo: `${String(extInfo['sourceCaseNo'])}C` },
      })
    }),
    'applyNo',
  )
  const upload = like(bench, 'material-upload', (parts) => {
    parts.raw = parts.raw?.replace(first, applyNo)
  })
  const stuffId = await told(bench, upload, 'stuffId')
  if ((await told(bench, upload, 'stuffId')) !== stuffId)
    throw new Error('the same bytes got another stuffId')
  const { out } = bench.good('case-query')
  const named = (call: string) =>
    elsewhere(out, '/getApplyBase', call, {
      accessToken: asked(bench, 'case-query', 'accessToken'),
      applyNo,
      stuffId,
    })
  await fetched(bench, named('/downloadStuff'))
  if ((await told(bench, named('/deleteStuffAttach'), 'stuffId')) !== stuffId)
    throw new Error('another stuffId')
  await refused(bench, named('/deleteStuffAttach'), 'STUFF_NOT_FOUND')
  await refused(bench, named('/downloadStuff'), 'STUFF_NOT_FOUND')
}

async function licence(bench: Bench): Promise<void> {
  const certUuid = answered(bench, 'licence-query', 'certs.certUuid')
  const { out } = bench.good('licence-query')
  const audit = Object.fromEntries(
    ['sessionId', 'orgName', 'username', 'itemName', 'itemCode', 'businessCode'].map((name) => [
      name,
      asked(bench, 'licence-query', name),
    ]),
  )
  const at = (call: string, members: object) =>
    elsewhere(out, '/secQueryCertBaseData.do', call, { ...audit, ...members })
  const { answer } = await bench.ask(at('/getCertThumbnail.do', { certUuid, n: 's' }))
  if (
    answer.headers['content-type'] !== 'image/jpeg' ||
    answer.body.subarray(0, 2).toString('hex') !== 'ffd8'
  )
    throw new Error('the picture is no JPEG')
  const scan = { pos: '长三角专窗', use: '一致性检测', certQrCode: `FAKEQR-${certUuid}` }
  const holder = await told(bench, at('/scanCertQrCode.do', scan), 'encodeCertCode')
  if (holder !== certUuid) throw new Error('the code is that of another licence')
}

export const SHANGHAI_EXTRAS: readonly Extra[] = [
  ['files', files],
  ['licence-more', licence],
]
