import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { apply, prepare, query, sampleForm, submit, UNID } from './test-application.ts'
import { dataOf, openKit } from './test-kit.ts'

const other = 'fedcba9876543210fedcba9876543210'

test('gives the same number again, and refuses the UNID for another matter', async () => {
  const kit = openKit()
  const first = await kit.caseForm('/projIdFeedback', sampleForm('take-number'))
  expect(first.json).toMatchObject({
    result: '01',
    resultmsg: '取号成功',
    data: { projid: 'AH340100209901020001' },
  })
  const again = await kit.caseForm('/projIdFeedback', sampleForm('take-number'))
  expect(dataOf(again)['projpwd']).toBe(dataOf(first)['projpwd'])
  const second = await kit.caseForm('/projIdFeedback', sampleForm('take-number', { '99902<': '99903<' }))
  expect(second.json).toEqual({ result: '02', resultmsg: '参数错误:UNID', data: null })
})

test.each([
  [{ '3401000000000099902': '3401000000000099915' }, '04', '事项不存在或版本不一致'],
  [{ '<AREACODE>340100000000': '<AREACODE>340200000000' }, '02', '参数错误:AREACODE'],
  [{ '<PROJID></PROJID>': '<PROJID>1</PROJID>' }, '02', '参数错误:PROJID'],
  [{ '2099-01-02': '2099-02-30' }, '02', '参数错误:CALLTIME'],
  [{ '<ISSUE>csj': '<ISSUE>x' }, '02', '参数错误:ISSUE'],
  [{ '<PROJID></PROJID>': '<MORE/>' }, '02', '参数错误:MORE'],
  [{ '<PROJID></PROJID>': '<PROJID/><PROJID/>' }, '02', '参数错误:projIdFeedbackXml'],
  [{ '<RECORD>': '<RECORD a="1">' }, '02', '参数错误:projIdFeedbackXml'],
  [{ '<RECORD>': '<!DOCTYPE RECORD><RECORD>' }, '02', '参数错误:projIdFeedbackXml'],
])('refuses a number for %j', async (changes: Record<string, string>, result, resultmsg) => {
  const reply = await openKit().caseForm('/projIdFeedback', sampleForm('take-number', changes))
  expect(reply.json).toEqual({ result, resultmsg, data: null })
})

test('understands comments, CDATA, references and the other charset', async () => {
  const kit = openKit()
  const changes = {
    'encoding="utf-8"': 'encoding="GB2312"',
    '<ISSUE>csj': '<!-- x --><ISSUE> <![CDATA[c]]>&#115;&#x6a; ',
  }
  const xml = sampleForm('take-number', changes)['projIdFeedbackXml'] ?? ''
  let body = 'projIdFeedbackXml='
  for (const byte of iconv.encode(xml, 'gb18030')) body += `%${byte.toString(16).padStart(2, '0')}`
  const type = 'application/x-www-form-urlencoded; charset=gb2312'
  const reply = await kit.send('POST', '/1.0.0/djz-tylsh-rest/api/projIdFeedback', body, type)
  expect(reply.json['result']).toBe('01')
})

test('refuses unknown, repeated and missing form fields by name', async () => {
  const kit = openKit()
  const target = '/1.0.0/djz-tylsh-rest/api/projQuery'
  const type = 'application/x-www-form-urlencoded'
  const ask = async (body: string) => (await kit.send('POST', target, body, type)).json['resultmsg']
  expect(await ask('other=1')).toBe('参数错误:other')
  expect(await ask('projQueryXml=%zz')).toBe('参数错误:projQueryXml')
  expect(await ask('projQueryXml=a&projQueryXml=b')).toBe('参数错误:projQueryXml')
  expect(await ask(`projQueryXml=${'a'.repeat(4 * 1024 * 1024)}`)).toBe('参数错误:body')
  expect((await kit.send('POST', target, 'a', 'application/json')).json['resultmsg']).toBe(
    '参数错误:Content-Type',
  )
})

test('lets an unused number lapse after a day, with its files', async () => {
  const kit = openKit()
  const prepared = await prepare(kit)
  expect(dataOf(await query(kit, prepared))).toMatchObject({ handleState: '00', projectName: '', nodes: [] })
  kit.pass(24 * 3600)
  expect((await query(kit, prepared)).json['result']).toBe('05')
  expect((await submit(kit, prepared)).json['resultmsg']).toBe('参数错误:UNID')
  const again = await prepare(kit)
  expect(again.projid).not.toBe(prepared.projid)
  expect((await submit(kit, again)).json['result']).toBe('01')
})

test('uploads once for the same content, and gives it back only for its password', async () => {
  const kit = openKit()
  await prepare(kit)
  const bytes = new Uint8Array(Buffer.from('FAKE-JPEG'))
  const parts = { unid: UNID, attrId: 'M099902001', attrName: '居民身份证' }
  const again = dataOf(await kit.upload(parts, '另名.PNG', bytes))
  expect(again).toMatchObject({ fileName: '身份证.jpg', md5: 'b17a128952f59e77144c9499a16f13b8' })
  const target = '/api-0.8.20/zzwk-service/materialService/materialDownload'
  const { fileUrl, filePwd } = again
  expect(dataOf(await kit.json(target, { fileUrl, filePwd }))).toMatchObject({
    content: 'RkFLRS1KUEVH',
    suffix: 'jpg',
  })
  expect((await kit.json(target, { fileUrl, filePwd: 'x' })).json['flag']).toBe('403')
  expect((await kit.json(target, { fileUrl: 'constructor', filePwd: 'x' })).json['flag']).toBe('404')
})

const card = { unid: UNID, attrId: 'M099902001', attrName: '居民身份证' }
const someBytes = new Uint8Array(9)

test.each([
  ['an unknown part', { ...card, more: '1' }, 'a.jpg', someBytes, {}, '参数错误:more'],
  ['an unknown number', { ...card, unid: 'x' }, 'a.jpg', someBytes, {}, '未查询到'],
  ['an unknown material', { ...card, attrId: 'x' }, 'a.jpg', someBytes, {}, '未查询到'],
  [
    'another city',
    card,
    'a.jpg',
    someBytes,
    { headers: { 'S-Area-Code': '340200000000' } },
    '参数错误:S-Area-Code',
  ],
  ['another name', { ...card, attrName: 'x' }, 'a.jpg', someBytes, {}, '参数错误:attrName'],
  ['another format', card, 'a.exe', someBytes, {}, '参数错误:file'],
  ['an empty file', card, 'a.jpg', new Uint8Array(0), {}, '参数错误:file'],
  ['too large a file', card, 'a.jpg', new Uint8Array(5120 * 1024 + 1), {}, '参数错误:file'],
])('refuses an upload with %s', async (_, parts: Record<string, string>, name, bytes, bent, result) => {
  const kit = openKit()
  await prepare(kit)
  expect((await kit.upload(parts, name, bytes, bent)).json['result']).toBe(result)
})

test('registers the sample, and knows it again', async () => {
  const kit = openKit()
  const prepared = await prepare(kit)
  const first = await submit(kit, prepared)
  expect(first.json).toMatchObject({
    result: '01',
    resultmsg: '登记成功',
    data: { errorCode: '', unid: UNID },
  })
  const again = await submit(kit, prepared)
  const { projid, projpwd } = prepared
  const data = {
    errorCode: '07',
    errorMsg: 'UNID重复',
    unid: UNID,
    sc: '3401000000000099902',
    projid,
    projpwd,
  }
  expect(again.json).toEqual({ result: '07', resultmsg: 'UNID重复', data })
  expect(kit.arrived).toEqual([])
})

const refused: readonly (readonly [string, Record<string, string>, string])[] = [
  [
    'a wrong check digit',
    { '34010319000101001X</APPLY': '340103190001010011</APPLY' },
    '02 参数错误:APPLY_CARDNUMBER',
  ],
  ['an unknown element', { '<BELONGTO></BELONGTO>': '<OTHER/>' }, '02 参数错误:OTHER'],
  ['a label that is not the code’s', { '<infoType>承诺件': '<infoType>即办件' }, '02 参数错误:infoType'],
  ['a callback elsewhere', { '/ah/callback/apas</': '/elsewhere</' }, '02 参数错误:CALLBACK_URL'],
  ['an extension that is no object', { '{"applyRegion":"310000"}': '[]' }, '02 参数错误:EXTEND'],
  [
    'half a contact certificate',
    { '<CONTACTMAN_CARDTYPE>10': '<CONTACTMAN_CARDTYPE>' },
    '02 参数错误:CONTACTMAN_CARDTYPE',
  ],
  [
    'a legal person’s certificate',
    { '<APPLY_CARDTYPE>10': '<APPLY_CARDTYPE>60' },
    '02 参数错误:APPLY_CARDTYPE',
  ],
  ['an old version', { 'VERSION>2<': 'VERSION>1<' }, '04 事项不存在或版本不一致'],
  ['another number', { AH3401: 'AH3402' }, '05 办件不存在'],
  ['another name of the matter', { '<SERVICENAME>户籍': '<SERVICENAME>户' }, '02 参数错误:SERVICENAME'],
  ['another organ', { '<DEPTID>340100000000001': '<DEPTID>340100000000002' }, '02 参数错误:DEPTID'],
  ['another city', { '<AREACODE>3401': '<AREACODE>3402' }, '02 参数错误:AREACODE'],
  ['a material not handed in', { '<ISTAKE>1': '<ISTAKE>0' }, '02 参数错误:FILES'],
  [
    'no material at all',
    { '<RECORDS>': '<RECORDS><!--', '</RECORDS>': '--></RECORDS>' },
    '02 参数错误:attrXml',
  ],
  ['a file of another name', { '身份证.jpg': '别的.jpg' }, '02 参数错误:FILENAME'],
  [
    'a way that is not allowed',
    { '<TAKETYPE>2': '<TAKETYPE>1', '<FILES>': '<FILES><!--', '</FILES>': '--></FILES>' },
    '02 参数错误:TAKETYPE',
  ],
  ['an unknown choice', { '<ZM_TYPE>3': '<ZM_TYPE>9' }, '02 参数错误:ZM_TYPE'],
  ['an empty field', { 办理继承公证: '' }, '02 参数错误:ZM_REASON'],
  ['an unknown field', { '<RECV_ADDR>': '<X/><RECV_ADDR>' }, '02 参数错误:X'],
  [
    'a shape before a wrong version',
    { 'VERSION>2<': 'VERSION>1<', '<SORTID>1': '<SORTID>a' },
    '02 参数错误:SORTID',
  ],
]

test.each(refused)('refuses an application with %s', async (_, changes, said) => {
  const kit = openKit()
  const { json } = await submit(kit, await prepare(kit), changes)
  expect(`${json['result']} ${json['resultmsg']}`).toBe(said)
})

test('refuses a wrong password before it says that the case is a duplicate', async () => {
  const kit = openKit()
  const prepared = await apply(kit)
  const wrong = { [`<PROJPWD>${prepared.projpwd}`]: '<PROJPWD>x' }
  expect((await submit(kit, prepared, wrong)).json['result']).toBe('03')
})

test('takes a valid licence of the applicant for a material, and no other', async () => {
  const kit = openKit()
  const licences = (kit.region.holdings?.() ?? []).filter(({ name }) => name === '居民身份证')
  const own = licences.find(({ idNumber }) => idNumber === '34010319000101001X')?.id ?? ''
  const foreign = licences.find(({ idNumber }) => idNumber !== '34010319000101001X')?.id ?? ''
  const by = (certId: string) => ({
    '<TAKETYPE>2': '<TAKETYPE>5',
    '<MEMO></MEMO>': `<MEMO>${certId}</MEMO>`,
    '<FILES>': '<FILES><!--',
    '</FILES>': '--></FILES>',
  })
  const prepared = await prepare(kit)
  expect((await submit(kit, prepared, by(foreign))).json['resultmsg']).toBe('参数错误:MEMO')
  expect((await submit(kit, prepared, by(''))).json['resultmsg']).toBe('参数错误:MEMO')
  kit.region.changeHolding?.(own, 'revoke')
  expect((await submit(kit, prepared, by(own))).json['resultmsg']).toBe('参数错误:MEMO')
  kit.region.changeHolding?.(own, 'restore')
  expect((await submit(kit, prepared, by(own))).json['result']).toBe('01')
})

test('withdraws in the order of its checks', async () => {
  const kit = openKit()
  const prepared = await apply(kit, other)
  const own = {
    AH340100209901020002: prepared.projid,
    '027256': prepared.projpwd,
    '3401000000000099905': '3401000000000099902',
  }
  const ask = async (changes: Record<string, string> = {}) =>
    (await kit.caseForm('/apasRegInfo', sampleForm('case-withdraw', { ...own, ...changes }))).json
  expect(await ask({ [other]: UNID })).toMatchObject({ result: '05', data: null })
  expect(await ask({ '<AREACODE>3401': '<AREACODE>3402' })).toMatchObject({ resultmsg: '参数错误:AREACODE' })
  expect(await ask({ 申请人要求撤回: '' })).toMatchObject({ resultmsg: '参数错误:REASON' })
  expect(await ask()).toMatchObject({
    result: '01',
    resultmsg: '撤回成功',
    data: { handleState: '22', unid: other },
  })
  const conflict = { result: '06', data: { projid: prepared.projid, handleState: '22' } }
  expect(await ask()).toMatchObject(conflict)
  expect(kit.arrived).toEqual([])
})
