/** Anhui: files of a number that was taken (contract 4d), the face of a licence and the state of a token (4g). */
import type { Outgoing } from '../../adapters/kit/transport.ts'
import type { Bench } from '../bench.ts'
import { memberOf } from '../judge.ts'
import { answered, asked, type Extra, elsewhere, FILE, like, refused, told } from './extra.ts'

/** Another UNID of the same length: its first letter is another. */
const other = (unid: string): string => `${unid.startsWith('0') ? '1' : '0'}${unid.slice(1)}`

/** The request with one text in its body in place of another. */
const replaced = (out: Outgoing, from: string, to: string): Outgoing => ({
  ...out,
  body: Buffer.from(
    Buffer.from(out.body ?? '')
      .toString('latin1')
      .replaceAll(from, to),
    'latin1',
  ),
})

async function files(bench: Bench): Promise<void> {
  const unid = answered(bench, 'take-number', 'unid')
  await told(bench, replaced(like(bench, 'take-number'), unid, other(unid)), 'projid')
  const upload = replaced(like(bench, 'material-upload'), unid, other(unid))
  const { outcome } = await bench.ask(upload)
  const [fileUrl, fileName, filePwd] = ['fileUrl', 'fileName', 'filePwd'].map((path) =>
    String(memberOf(outcome.data, path)),
  )
  // The same content under another name: what was answered first is answered again.
  const again = replaced(upload, 'filename="', 'filename="x')
  for (const [path, due] of Object.entries({ fileUrl, fileName, filePwd }))
    if ((await told(bench, again, path)) !== due) throw new Error(`a repetition has another ${path}`)
  const { out } = bench.good('material-list')
  const download = (password: string | undefined) =>
    elsewhere(out, '/queryMaterial', '/materialDownload', { fileUrl, filePwd: password })
  const content = await told(bench, download(filePwd), 'content')
  if (!Buffer.from(content, 'base64').equals(FILE)) throw new Error('other bytes than were sent')
  await refused(bench, download('0'.repeat(16)), '403')
}

async function licence(bench: Bench): Promise<void> {
  const [certId, token] = ['certId', 'token'].map((name) => asked(bench, 'licence-fetch', name))
  const { out } = bench.good('licence-fetch')
  const at = (call: string, members: object) => elsewhere(out, '/certificateDownload', call, members)
  const face = await told(bench, at('/queryCertificate', { certId, token }), 'certData')
  const faces: unknown = JSON.parse(face)
  if (typeof faces !== 'object' || faces === null || Object.keys(faces).length === 0)
    throw new Error('certData is no text with an object in it')
  if ((await told(bench, at('/getTokenInfo', { token }), 'state')) !== '1')
    throw new Error('a good token has ended')
  await refused(bench, at('/getTokenInfo', { token: '0'.repeat(32) }), '401')
}

export const ANHUI_EXTRAS: readonly Extra[] = [
  ['files', files],
  ['licence-more', licence],
]
