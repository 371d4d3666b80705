/** Jiangsu: what is still missing of a case, and the files of one that was begun (contract 4.b, 4.d). */
import type { Bench } from '../bench.ts'
import { answered, asked, type Extra, elsewhere, fetched, like, refused, told } from './extra.ts'

async function files(bench: Bench): Promise<void> {
  const first = answered(bench, 'case-init', 'projectguid')
  const begun = like(bench, 'case-init', ({ body }) => {
    const params = body?.['params'] as Record<string, unknown>
    params['sourceprojectno'] = `${String(params['sourceprojectno'])}C`
  })
  const projectguid = await told(bench, begun, 'projectguid')
  if (projectguid === first) throw new Error('another source number got the same case')
  const [token, areacode] = ['token', 'params.areacode'].map((path) => asked(bench, 'case-query', path))
  const { out } = bench.good('case-query')
  const { url } = bench.good('material-upload').out
  const call = (to: string, members: object = {}) =>
    elsewhere(out, '/zwdtProject/getProjectDetail', to, {
      token,
      params: { areacode, projectguid, ...members },
    })
  const attach = (to: string, members: object = {}) => ({
    ...call('', members),
    url: (url.split('?')[0] ?? '').replace('/upload', to),
  })

  const check = call('/zwdtProject/checkAllMaterialIsSubmit')
  if ((await told(bench, check, 'isallsubmit')) !== '0')
    throw new Error('nothing was sent, and nothing is missing')
  await told(bench, check, 'materiallist.taskmaterialguid')
  const upload = like(bench, 'material-upload', ({ query }) => {
    Object.assign(query, { projectguid, clientguid: projectguid })
  })
  const attachguid = await told(bench, upload, 'attachguid')
  if ((await told(bench, upload, 'attachguid')) !== attachguid)
    throw new Error('a repetition got another attachguid')
  if ((await told(bench, attach('/getAttachList'), 'attachlist.attachguid')) !== attachguid)
    throw new Error('the list has another file')
  await fetched(bench, {
    method: 'GET',
    url: `${attach('/download').url}?projectguid=${projectguid}&attachguid=${attachguid}&areacode=${areacode}`,
    headers: {},
  })
  const removal = attach('/deleteAttach', { attachguid })
  const { outcome } = await bench.ask(removal)
  if (!outcome.ok) throw new Error(`a file was not deleted: ${outcome.code}`)
  await refused(bench, removal, '附件不存在')
}

export const JIANGSU_EXTRAS: readonly Extra[] = [['files', files]]
