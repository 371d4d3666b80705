/** Faults of the region's side: what it says of a case is not what it has, and what it posts is not what happened. */
import { answers, type Planted, posts } from './fault.ts'

export const SANDBOX_FAULTS: readonly Planted[] = [
  {
    side: 'sandbox',
    region: 'shanghai',
    name: 'an accepted case is told as not accepted',
    fault: answers('case-query', (body) => body.replace('"status":"受理"', '"status":"不予受理"')),
    found: /case status: here "NOT_ACCEPTED", there "ACCEPTED"/,
  },
  {
    side: 'sandbox',
    region: 'jiangsu',
    name: 'what happened is posted with the time of the next minute',
    fault: posts((body) =>
      body.replace(/("operatedate":"[\d-]+ \d\d:)(\d\d)/, (_whole, head: string, minute: string) => {
        return `${head}${String((Number(minute) + 1) % 60).padStart(2, '0')}`
      }),
    ),
    found: /callback time/,
  },
  {
    side: 'sandbox',
    region: 'zhejiang',
    name: 'the reason of the clerk is not posted',
    fault: posts((body) => JSON.stringify({ ...JSON.parse(body), opinion: '', memo: '' })),
    found: /callback opinion/,
  },
  {
    side: 'sandbox',
    region: 'anhui',
    name: 'the number of another case is answered',
    fault: answers('case-query', (body) => body.replace(/("projid":"AH\d+)\d"/, '$1X"')),
    found: /case number/,
  },
  {
    side: 'sandbox',
    region: 'zhejiang',
    name: 'a person’s cases are listed in another state than they are in',
    fault: answers('case-list', (body) =>
      body.replaceAll(/"phaseCode":"01","doAction":"?0"?/g, '"phaseCode":"01","doAction":"2"'),
    ),
    found: /list status/,
  },
  {
    side: 'sandbox',
    region: 'jiangsu',
    name: 'the hall keeps another grade than it took',
    fault: {
      region: (played) => ({
        ...played,
        save: () => {
          const state = played.save() as { ratings: Record<string, string> }
          for (const [key, grade] of Object.entries(state.ratings))
            state.ratings[key] = String(6 - Number(grade))
          return state
        },
      }),
    },
    found: /rating grade/,
  },
  {
    side: 'sandbox',
    region: 'shanghai',
    name: 'a clerk’s move is not posted',
    fault: {
      region: (played) => ({
        ...played,
        advance: (number, act) => played.advance(number, { ...act, silent: true }),
      }),
    },
    found: /callback to [A-Z_]+: our side did not take it: "nothing came"/,
  },
  {
    side: 'sandbox',
    region: 'anhui',
    name: 'a callback is signed for another moment than it says',
    fault: {
      callback: (posted) => ({
        ...posted,
        headers: {
          ...posted.headers,
          'S-Auth-Timestamp': String(Number(posted.headers['S-Auth-Timestamp']) - 1),
        },
      }),
    },
    found: /our side did not take it: .*"status":401/,
  },
  {
    side: 'sandbox',
    region: 'zhejiang',
    name: 'a file comes back with another byte',
    fault: {
      answer: (body, operation) =>
        operation === 'material-download'
          ? Buffer.from(body.toString('latin1').replace('%', '$'), 'latin1')
          : body,
    },
    found: /operation=material-download reason=digest/,
  },
  {
    side: 'sandbox',
    region: 'jiangsu',
    name: 'a callback names the application of somebody else',
    fault: posts((body) => body.replace(/"sourceprojectno":"CSJ/, '"sourceprojectno":"CSK')),
    found: /callback source/,
  },
  {
    side: 'sandbox',
    region: 'shanghai',
    name: 'the first file of a case is lost',
    fault: {
      region: (played) => ({
        ...played,
        save: () => {
          const state = played.save() as { applies: Record<string, { stuffs: unknown[] }> }
          for (const apply of Object.values(state.applies)) apply.stuffs = apply.stuffs.slice(1)
          return state
        },
      }),
    },
    found: /application files/,
  },
  {
    side: 'sandbox',
    region: 'anhui',
    name: 'a licence is told that nobody has',
    fault: answers('licence-summary', (body) => body.replace(/("certId":"1\.2\.156\.3005\.2\.)/, '$19.')),
    found: /operation=licence-summary reason=identifier/,
  },
]
