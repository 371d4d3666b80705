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
      responses: { 200: ok('Regions', listOf(ref('Region'))), 429: problem('Too many requests') },
    },
  },
  '/api/v1/cities': {
    get: {
      operationId: 'listCities',
      summary: '四十一座城市 · The 41 cities',
      responses: { 200: ok('Cities', listOf(ref('City'))), 429: problem('Too many requests') },
    },
  },
  '/api/v1/cities/{division}': {
    get: {
      operationId: 'readCity',
      summary: '一座城市 · One city',
      parameters: [path('division', 'Six digits, GB/T 2260')],
      responses: { 200: ok('City', ref('City')), 404: problem('No such city') },
    },
  },
  '/api/v1/matters': {
    get: {
      operationId: 'listMatters',
      summary: '查找事项 · Search the catalogue',
      parameters: [
        query('q', 'Part of the name'),
        query('region', 'One region', { type: 'string', enum: [...REGION_IDS] }),
        query('city', 'Six digits'),
        query('subject', 'person, organisation …'),
        query('domain', 'Domain'),
        query('mode', 'online, onBehalf, joint'),
        query('kind', 'matter or service'),
        query('fileable', 'true or false'),
        ...paging,
      ],
      responses: { 200: ok('Matters', listOf(ref('Matter'))), 400: problem('A parameter is wrong') },
    },
  },
  '/api/v1/matters/{id}': {
    get: {
      operationId: 'readMatter',
      summary: '一个事项 · One matter',
      description: profileHint,
      parameters: [
        path('id', 'Matter id'),
        query('asOf', 'The version in force then', { type: 'string', format: 'date-time' }),
      ],
      responses: {
        200: ok('Matter', ref('Matter')),
        404: problem('No such matter'),
        406: problem('Unknown profile'),
      },
    },
  },
  '/api/v1/matters/{id}/differences': {
    get: {
      operationId: 'readDifferences',
      summary: '各地区的不同 · What differs between regions',
      parameters: [path('id', 'Matter id'), query('between', 'Regions, comma-joined')],
      responses: { 200: ok('Differences', ref('Differences')), 404: problem('No such matter') },
    },
  },
  '/api/v1/matters/{id}/forecast': {
    get: {
      operationId: 'readForecast',
      summary: '办理用时 · How long it takes in a city',
      description:
        'Working days from acceptance to the end of which half, and nine in ten, of the newest concluded cases kept within; null while there are fewer than 30',
      parameters: [
        path('id', 'Matter id'),
        { ...query('city', 'Six digits; a district stands for its city'), required: true },
      ],
      responses: {
        200: ok('Forecast', {
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
      responses: { 200: ok('Schemas', listOf(ref('SchemaLink'))), 429: problem('Too many requests') },
    },
  },
  '/api/v1/schemas/{region}/{message}': {
    get: {
      operationId: 'readSchema',
      summary: '一个 JSON Schema · One schema',
      parameters: [path('region', 'Region or canonical'), path('message', 'matter, application, case')],
      responses: {
        200: {
          description: 'Schema',
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
      parameters: [path('region', 'Region'), path('message', 'matter, application, case')],
      responses: { 200: ok('Mapping', ref('Mapping')), 404: problem('No such mapping') },
    },
  },
  '/api/v1/preflight': {
    post: {
      operationId: 'preflight',
      summary: '预检: 一份申请, 四十一座城市 · One application, as far as it goes, against many cities',
      description: 'Nothing is kept, and no region is asked.',
      security: needs('cases'),
      requestBody: { required: true, content: content(ref('PreflightRequest')) },
      responses: {
        200: ok('One row a city', {
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
        200: ok('Converted', ref('Converted')),
        409: problem('No equivalent matter'),
        422: problem('The content does not fit, or something is missing'),
        ...refused,
      },
    },
  },
}
