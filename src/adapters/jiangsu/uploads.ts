/** Files on their way (4.d): each once, whatever is repeated. */
import { GatewayError } from '../../errors.ts'
import { asText, oneOrMany } from '../kit/codecs.ts'
import type { Filing, Handle } from '../kit/contract.ts'
import type { WireApplication, WireMaterialEntry } from './application.wire.ts'
import type { Caller } from './call.ts'
import type { JiangsuConfig } from './config.ts'
import { guidOf } from './sign.ts'

/**
 * Handles keep uploads by file and material, since one file may stand for several: → Jiangsu's `attachguid`. A corrected
 * material wants a file that is newer than the request, even when it is the same one: `anew` tells the correction.
 */
const keyOfUpload = (upload: string, material: string, anew: string): string =>
  `upload:${upload}@${material}${anew && ` ${anew}`}`

/** Uploads what was not uploaded yet; the same `clientguid` again stores nothing twice. */
export async function uploadAll(
  call: Caller,
  filing: Filing,
  projectguid: string,
  handle: Handle,
  { maxFileBytes }: JiangsuConfig['options'],
  corrected?: { readonly at: string; readonly documents: readonly string[] },
): Promise<Handle> {
  let kept = handle
  const wire = filing.wire as WireApplication
  for (const entry of oneOrMany<WireMaterialEntry>(wire.materiallist)) {
    const material = entry.taskmaterialguid
    const anew = corrected?.documents.includes(material) ? corrected.at : ''
    for (const { attachguid: upload } of oneOrMany<{ attachguid: string }>(entry.attachlist)) {
      const key = keyOfUpload(upload, material, anew)
      if (kept[key] !== undefined) continue
      const file = await filing.file(upload)
      if (file.bytes.length > maxFileBytes) throw tooLarge(upload, filing, maxFileBytes)
      const answer = await call.upload(
        {
          projectguid,
          taskmaterialguid: material,
          clientguid: guidOf(`${filing.sourceNumber} ${material} ${upload}${anew && ` ${anew}`}`),
          areacode: filing.division,
        },
        file,
      )
      const attachguid = asText(answer['attachguid'])
      kept = { ...kept, [key]: attachguid, [keyOfUpload(upload, material, '')]: attachguid }
      await filing.keep(kept)
    }
  }
  return kept
}

/** A file that Jiangsu would refuse is not sent. */
function tooLarge(upload: string, { application }: Filing, maxFileBytes: number): GatewayError {
  const at = application.documents.findIndex((one) => one.uploads?.includes(upload))
  return new GatewayError(
    'REGION_REJECTED',
    { region: 'jiangsu', operation: 'material-upload', code: '文件过大' },
    {
      errors: [
        {
          pointer: `/documents/${at}/uploads/${application.documents[at]?.uploads?.indexOf(upload)}`,
          code: 'REGION_REJECTED',
          zh: `江苏的文件至多 ${maxFileBytes} 字节`,
          en: `A file for Jiangsu may have at most ${maxFileBytes} bytes`,
        },
      ],
    },
  )
}
