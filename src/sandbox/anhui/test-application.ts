import { dataOf, type Kit, type Reply, samplesOf } from './test-kit.ts'

/** The `UNID` of the contract's samples. */
export const UNID = '0123456789abcdef0123456789abcdef'

function formOf(op: string): Record<string, string> {
  const form: unknown = samplesOf(op)[0]?.request
  // The samples of the case service have a `form` of texts.
  return { ...(form as { form: Record<string, string> }).form }
}

/** The form of a sample with some texts replaced by others, in all fields. */
export function sampleForm(
  op: string,
  changes: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const changed = Object.entries(formOf(op)).map(([field, xml]) => {
    let text = xml
    for (const [from, to] of Object.entries(changes)) text = text.replaceAll(from, to)
    return [field, text] as const
  })
  return Object.fromEntries(changed)
}

/** A taken number with its uploaded identity card, ready to be submitted. */
export interface Prepared {
  readonly projid: string
  readonly projpwd: string
  /** The form of `apply-submit`, with further replacements if wanted. */
  readonly form: (changes?: Readonly<Record<string, string>>) => Record<string, string>
}

/** Takes a number and uploads the identity card, as the samples do, under the given `UNID`. */
export async function prepare(kit: Kit, unid = UNID): Promise<Prepared> {
  const taken = dataOf(await kit.caseForm('/projIdFeedback', sampleForm('take-number', { [UNID]: unid })))
  const { projid = '', projpwd = '' } = taken
  const uploaded = dataOf(
    await kit.upload(
      { unid, attrId: 'M099902001', attrName: '居民身份证' },
      '身份证.jpg',
      new Uint8Array(Buffer.from('FAKE-JPEG')),
    ),
  )
  const own = {
    [UNID]: unid,
    AH340100209901020001: projid,
    '094487': projpwd,
    '/zzwk/file/ed6edd4a34d5cd9d3db5236b97398097.jpg': uploaded['fileUrl'] ?? '',
    ea13b60e4b8add96: uploaded['filePwd'] ?? '',
  }
  return { projid, projpwd, form: (changes = {}) => sampleForm('apply-submit', { ...own, ...changes }) }
}

/** Submits a prepared application. */
export const submit = (
  kit: Kit,
  prepared: Prepared,
  changes?: Readonly<Record<string, string>>,
): Promise<Reply> => kit.caseForm('/apasInfo', prepared.form(changes))

/** Takes, uploads and submits. */
export async function apply(kit: Kit, unid = UNID): Promise<Prepared> {
  const prepared = await prepare(kit, unid)
  await submit(kit, prepared)
  return prepared
}

/** `case-query` of a prepared application. */
export const query = (kit: Kit, { projid, projpwd }: Prepared): Promise<Reply> =>
  kit.caseForm('/projQuery', {
    projQueryXml: `<RECORD><PROJID>${projid}</PROJID><PROJPWD>${projpwd}</PROJPWD></RECORD>`,
  })
