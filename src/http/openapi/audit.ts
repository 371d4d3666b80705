/** The description of who looked at what is a person's, and of questions about it. */
import { Access, AccessNotice, Question, QuestionState } from '../../schemas/access.ts'
import { AnswerRequest, QuestionRequest } from '../routes/accesses.ts'
import {
  content,
  type Document,
  listOf,
  needs,
  ok,
  paging,
  path,
  problem,
  query,
  ref,
  refused,
} from './words.ts'

/** What is sent and answered. */
export const AUDIT_SCHEMAS = { Access, AccessNotice, Question, QuestionState, QuestionRequest, AnswerRequest }

const notice = content(ref('AccessNotice'))
const parameterWrong = { 400: problem('A parameter is wrong') }

export const AUDIT_PATHS: Document['paths'] = {
  '/api/v1/me/accesses': {
    get: {
      operationId: 'listAccesses',
      summary: '谁看了我的材料 · Who looked at what is mine',
      description:
        '本人 (或其代表的单位) 的每次查看、交出和被拒, 新的在前, 一秒内出现。只对一地有效的令牌读不到。 · Every look, handing over and refused attempt of the person (or the firm for which they are logged in), newest first, there within a second. A token that is narrowed to a place reads none.',
      security: needs('persons'),
      parameters: [
        ...paging,
        query('outcome', '准予、拒绝, 或拒绝的问题代码 · granted, refused, or the problem code of a refusal'),
        query('body', '一个单位的标识 · The id of one body'),
        query('own', 'hide 不列出本人的查看 · hide leaves out one’s own looks', {
          type: 'string',
          enum: ['show', 'hide'],
        }),
      ],
      responses: { 200: ok('记录 · Records', listOf(ref('Access'))), ...parameterWrong, ...refused },
    },
  },
  '/api/v1/me/accesses/notice': {
    get: {
      operationId: 'readAccessNotice',
      summary: '如何提示我 · How the person wants to be told',
      description:
        '在本站页面上: 每次 (默认)、每天最多一次, 或不提示。 · On the pages of this website: of each look (unless they say otherwise), at most once a day, or never.',
      security: needs('persons'),
      responses: { 200: ok('提示方式 · The word', ref('AccessNotice')), ...refused },
    },
    put: {
      operationId: 'chooseAccessNotice',
      summary: '选择如何提示我 · Choose how to be told',
      security: needs('persons'),
      requestBody: { required: true, content: notice },
      responses: {
        200: ok('提示方式 · The word', ref('AccessNotice')),
        422: problem('The content does not fit'),
        ...refused,
      },
    },
  },
  '/api/v1/me/accesses/{id}/question': {
    post: {
      operationId: 'askWhy',
      summary: '为什么查我 · Ask the body of a record why it looked',
      description:
        '每条记录一次。五个工作日内答复; 途中某年的放假安排尚未公布时, 日期是暂定的。没有试运行。 · Once a record. It is to be answered within five working days; where the calendar of a year on the way is not announced yet the day is provisional. Has no dry run.',
      security: needs('persons'),
      parameters: [path('id', '记录标识 · Record id')],
      requestBody: { required: true, content: content(ref('QuestionRequest')) },
      responses: {
        201: ok('已提问 · Asked', ref('QuestionState')),
        404: problem('ACCESS_NOT_FOUND: no such record of this person'),
        409: problem('QUESTION_ASKED, QUESTION_TO_ONESELF'),
        422: problem('The content does not fit'),
        ...parameterWrong,
        ...refused,
      },
    },
  },
  '/api/v1/questions': {
    get: {
      operationId: 'listQuestions',
      summary: '问到本单位的问题 · Questions put to the client that calls',
      description:
        '新的在前。给系统自身: 某个人的令牌会被拒绝。 · Newest first. For the client itself: a token for a person is refused.',
      security: needs('persons'),
      parameters: [
        ...paging,
        query('state', 'open: 只要还没有答复的 · open: without an answer alone', {
          type: 'string',
          enum: ['all', 'open'],
        }),
      ],
      responses: { 200: ok('问题列表 · Questions', listOf(ref('Question'))), ...parameterWrong, ...refused },
    },
  },
  '/api/v1/questions/{id}/answer': {
    post: {
      operationId: 'answerWhy',
      summary: '答复 · Answer a question',
      description:
        '由被问的一方答一次, 本人在记录旁看到。没有试运行。 · Once, by the client that was asked. The person reads it beside the record. Has no dry run.',
      security: needs('persons'),
      parameters: [path('id', '问题标识 · Question id')],
      requestBody: { required: true, content: content(ref('AnswerRequest')) },
      responses: {
        200: ok('已答复 · Answered', ref('QuestionState')),
        404: problem('QUESTION_NOT_FOUND: none that was put to this client'),
        409: problem('QUESTION_ANSWERED'),
        422: problem('The content does not fit'),
        ...parameterWrong,
        ...refused,
      },
    },
  },
}
