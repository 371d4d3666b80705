/** The description of the directory, the catalogue, the schemas and conversions. */
import { Forecast } from '../../schemas/clock.ts'
import { REGION_IDS } from '../../schemas/regions.ts'
import {
  content,
  type Document,
  listOf,
  needs,
  ok,
  paging,
  path,
  problem,
  profileHint,
  query,
  ref,
  refused,
} from './words.ts'

export const CATALOGUE_PATHS: Document['paths'] = {
  '/api/v1/regions': {
    get: {
      operationId: 'listRegions',
      summary: '四个地区及其状态 · The four regions, and how they are',
      responses: { 200: ok('各地区 · Regions', listOf(ref('Region'))), 429: problem('Too many requests') },
    },
  },
  '/api/v1/cities': {
    get: {
      operationId: 'listCities',
      summary: '四十一座城市 · The 41 cities',
      responses: { 200: ok('各城市 · Cities', listOf(ref('City'))), 429: problem('Too many requests') },
    },
  },
  '/api/v1/cities/{division}': {
    get: {
      operationId: 'readCity',
      summary: '一座城市 · One city',
      parameters: [path('division', '六位, GB/T 2260 · Six digits, GB/T 2260')],
      responses: { 200: ok('城市 · City', ref('City')), 404: problem('No such city') },
    },
  },
  '/api/v1/matters': {
    get: {
      operationId: 'listMatters',
      summary: '查找事项 · Search the catalogue',
      parameters: [
        query('q', '名称的一部分 · Part of the name'),
        query('region', '一个地区 · One region', { type: 'string', enum: [...REGION_IDS] }),
        query('city', '六位区划代码 · Six digits'),
        query('subject', '面向谁: person 自然人, organisation 组织 … · person, organisation …'),
        query('domain', '领域 · Domain'),
        query('mode', '全程网办、代收代办、多地联办 · online, onBehalf, joint'),
        query('kind', '事项或服务 · matter or service'),
        query('fileable', 'true 或 false · true or false'),
        ...paging,
      ],
      responses: {
        200: ok('事项列表 · Matters', listOf(ref('Matter'))),
        400: problem('A parameter is wrong'),
      },
    },
  },
  '/api/v1/matters/{id}': {
    get: {
      operationId: 'readMatter',
      summary: '一个事项 · One matter',
      description: profileHint,
      parameters: [
        path('id', '事项标识 · Matter id'),
        query('asOf', '当时有效的版本 · The version in force then', { type: 'string', format: 'date-time' }),
      ],
      responses: {
        200: ok('事项 · Matter', ref('Matter')),
        404: problem('No such matter'),
        406: problem('Unknown profile'),
      },
    },
  },
  '/api/v1/matters/{id}/differences': {
    get: {
      operationId: 'readDifferences',
      summary: '各地区的不同 · What differs between regions',
      parameters: [
        path('id', '事项标识 · Matter id'),
        query('between', '地区, 用逗号隔开 · Regions, comma-joined'),
      ],
      responses: { 200: ok('不同之处 · Differences', ref('Differences')), 404: problem('No such matter') },
    },
  },
  '/api/v1/matters/{id}/forecast': {
    get: {
      operationId: 'readForecast',
      summary: '办理用时 · How long it takes in a city',
      description:
        '最近办结的件里, 一半和九成在多少个工作日内办完, 从受理算起; 不到 30 件时是 null · Working days from acceptance to the end of which half, and nine in ten, of the newest concluded cases kept within; null while there are fewer than 30',
      parameters: [
        path('id', '事项标识 · Matter id'),
        {
          ...query('city', '六位; 区县算作所在的市 · Six digits; a district stands for its city'),
          required: true,
        },
      ],
      responses: {
        200: ok('用时 · Forecast', {
          type: 'object',
          required: ['matter', 'city', 'forecast'],
          properties: {
            matter: { type: 'string' },
            city: { type: 'string' },
            forecast: { oneOf: [Forecast, { type: 'null' }] },
          },
        }),
        400: problem('No city'),
        404: problem('No such matter, or no such city'),
      },
    },
  },
  '/api/v1/schemas': {
    get: {
      operationId: 'listSchemas',
      summary: '校验所用的 JSON Schema · The schemas that validate',
      responses: {
        200: ok('各 Schema · Schemas', listOf(ref('SchemaLink'))),
        429: problem('Too many requests'),
      },
    },
  },
  '/api/v1/schemas/{region}/{message}': {
    get: {
      operationId: 'readSchema',
      summary: '一个 JSON Schema · One schema',
      parameters: [
        path('region', '地区, 或 canonical (统一格式) · Region or canonical'),
        path('message', '事项、申请、办件之一 · matter, application, case'),
      ],
      responses: {
        200: {
          description: 'JSON Schema · Schema',
          content: content(
            { type: 'object', description: 'JSON Schema 2020-12', additionalProperties: true },
            'application/schema+json',
          ),
        },
        404: problem('No such schema'),
      },
    },
  },
  '/api/v1/regions/{region}/mapping/{message}': {
    get: {
      operationId: 'readMapping',
      summary: '字段对应表 · How each field is converted',
      parameters: [
        path('region', '地区 · Region'),
        path('message', '事项、申请、办件之一 · matter, application, case'),
      ],
      responses: { 200: ok('对应表 · Mapping', ref('Mapping')), 404: problem('No such mapping') },
    },
  },
  '/api/v1/preflight': {
    post: {
      operationId: 'preflight',
      summary: '预检: 一份申请, 四十一座城市 · One application, as far as it goes, against many cities',
      description: '什么也不保留, 也不问任何地区。 · Nothing is kept, and no region is asked.',
      security: needs('cases'),
      requestBody: { required: true, content: content(ref('PreflightRequest')) },
      responses: {
        200: ok('每座城市一行 · One row a city', {
          type: 'object',
          required: ['items'],
          properties: { items: { type: 'array', maxItems: 41, items: ref('CityPreflight') } },
        }),
        404: problem('No such matter, or no such city'),
        ...refused,
      },
    },
  },
  '/api/v1/conversions': {
    post: {
      operationId: 'convert',
      summary: '转换并给出账目 · Convert, with the ledger',
      security: needs('convert'),
      requestBody: { required: true, content: content(ref('Conversion')) },
      responses: {
        200: ok('转换结果 · Converted', ref('Converted')),
        409: problem('No equivalent matter'),
        422: problem('The content does not fit, or something is missing'),
        ...refused,
      },
    },
  },
}
