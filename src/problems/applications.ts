/** Problems of matters, drafts, uploads, and of what is converted. A code is never renamed: clients switch on it. */
import { type Problem, problem } from './problem.ts'

export const APPLICATION_PROBLEMS = {
  MATTER_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有这个事项', 'There is no such matter'],
    ['事项标识写错了, 或者目录里没有它。', 'The id is wrong, or no catalogue has the matter.'],
    ['在 /api/v1/matters 中查找', 'Search in /api/v1/matters'],
  ),
  MATTER_NOT_FILEABLE: problem(
    409,
    'caller',
    false,
    ['该事项目前不能申报', 'The matter cannot be filed now'],
    [
      '该地区把事项设为停办, 或只供查看、须到别处办理。',
      'The region has suspended the matter, or it is shown here and filed elsewhere.',
    ],
    ['查看其状态与可办地区', 'Look at its state and where it is offered'],
  ),
  MATTER_NOT_OFFERED: problem(
    409,
    'caller',
    false,
    ['该城市不办理此事项', 'That city does not offer the matter'],
    [
      'division 所写的城市不在该事项的可办范围内。',
      'The city in division is not among those that offer the matter.',
    ],
    ['选择 availability 所列城市', 'Choose a city that its availability lists'],
  ),
  DRAFT_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有这份草稿', 'There is no such draft'],
    [
      '草稿已提交、已删除, 或超过 90 天未改而清除。',
      'The draft was filed or deleted, or was not touched for 90 days.',
    ],
    [
      '草稿保留 90 天; 在“我的草稿”中查看, 或重新填写',
      'Drafts are kept for 90 days; look at your drafts, or start again',
    ],
  ),
  DRAFTS_TOO_MANY: problem(
    409,
    'caller',
    false,
    ['草稿太多', 'Too many drafts'],
    ['一个人最多有三十份草稿。', 'One person keeps thirty drafts at most.'],
    ['先提交或删除一份草稿', 'File or delete a draft first'],
  ),
  DRAFT_IN_FILING: problem(
    409,
    'caller',
    true,
    ['这份申请正在提交', 'This application is being filed'],
    ['另一个页面或上一次点击正在提交它。', 'Another page, or the click before, is filing it.'],
    ['等几秒后打开回执', 'Wait some seconds, then open the receipt'],
  ),
  MATTER_VERSION_EXPIRED: problem(
    409,
    'caller',
    false,
    ['事项版本已失效', 'That version of the matter is over'],
    [
      'matterVersion 是旧版本, 该地区已换了表单或材料。',
      'matterVersion names an old version: the region has changed its form or documents.',
    ],
    ['按现行版本重新填写', 'Fill in the version in force'],
  ),
  MATTER_NO_EQUIVALENT: problem(
    409,
    'caller',
    false,
    ['目标地区没有对应事项', 'The target region has no equivalent matter'],
    [
      '目标地区没有基本编码相同或已对照的事项。',
      'The target region has no matter of the same base code, and none that was matched with it.',
    ],
    ['选择有对应事项的地区', 'Choose a region that has an equivalent'],
  ),
  DIVISION_UNKNOWN: problem(
    404,
    'caller',
    false,
    ['不认识的区划代码', 'The division is not known'],
    [
      '不是四地的六位区划代码, 或者是县级代码而此处要市级。',
      'It is no division of the four regions in six digits, or a district where a city is asked.',
    ],
    ['使用 /api/v1/cities 所列代码', 'Use a code that /api/v1/cities lists'],
  ),
  REGION_NOT_CONNECTED: problem(
    503,
    'gateway',
    true,
    ['该地区尚未接入', 'That region is not connected'],
    ['地区目录中没有该地区。', 'The region directory does not have this region.'],
    ['稍后再试或到窗口办理', 'Try later, or go to a window'],
  ),
  CONVERSION_INCOMPLETE: problem(
    422,
    'caller',
    false,
    ['目标地区必需的内容缺失', 'The target needs something that is missing'],
    [
      '目标地区的必填项在来件中没有, 也不能推算。',
      'The target demands something that the document does not have and that nothing tells.',
    ],
    ['补齐 errors 所列字段', 'Add the fields that errors names'],
  ),
  UPLOAD_NOT_FOUND: problem(
    422,
    'caller',
    false,
    ['没有这个上传文件', 'There is no such upload'],
    [
      '上传标识写错了, 或者是别人上传的, 或已清除。',
      'The id is wrong, is another’s, or the upload was removed.',
    ],
    ['先上传文件', 'Upload the file first'],
  ),
  FILE_TYPE_UNSUPPORTED: problem(
    415,
    'caller',
    false,
    ['文件类型不支持', 'The type of file is not supported'],
    [
      '文件开头的字节不是接受的类型; 扩展名不算数。',
      'The first bytes are of no type that is taken; the name does not count.',
    ],
    ['使用 PDF, OFD, JPEG 或 PNG', 'Use PDF, OFD, JPEG or PNG'],
  ),
  FILE_EMPTY: problem(
    422,
    'caller',
    false,
    ['文件为空', 'The file is empty'],
    ['文件有名字, 没有内容。', 'The file has a name and no content.'],
    ['选择有内容的文件', 'Choose a file with content'],
  ),
} satisfies Record<string, Problem>
