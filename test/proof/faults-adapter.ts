/** Faults of our side: a word for another, a member that is lost, a day, a digit, an order. */
import type { Outgoing } from '../../src/adapters/kit/transport.ts'
import type { RatingGrade } from '../../src/schemas/rating.ts'
import { calls, hears, meets, type Planted, writes } from './fault.ts'

const without = (out: Outgoing, header: string): Outgoing => {
  const { [header]: _left, ...headers } = out.headers
  return { ...out, headers }
}

/** A day later, in a wall clock. */
const dayLater = (wallClock: string): string =>
  new Date(Date.parse(`${wallClock.replace(' ', 'T')}Z`) + 86_400_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')

const SWAPPED: Readonly<Partial<Record<RatingGrade, RatingGrade>>> = {
  verySatisfied: 'satisfied',
  satisfied: 'verySatisfied',
}

export const ADAPTER_FAULTS: readonly Planted[] = [
  {
    side: 'adapter',
    region: 'jiangsu',
    name: 'two grades of a rating change places',
    fault: calls(({ rate }) =>
      rate
        ? {
            rate: (filed, rating, ask) =>
              rate(filed, { ...rating, grade: SWAPPED[rating.grade] ?? rating.grade }, ask),
          }
        : {},
    ),
    found: /rating grade/,
  },
  {
    side: 'adapter',
    region: 'shanghai',
    name: 'the address of the applicant is not written',
    fault: writes((wire: { extInfo?: { address?: string } }) => {
      delete wire.extInfo?.address
    }),
    found: /application address: here "/,
  },
  {
    side: 'adapter',
    region: 'zhejiang',
    name: 'an application is dated a day later',
    fault: writes((wire: { gmtApply?: string }) => {
      wire.gmtApply = dayLater(wire.gmtApply ?? '')
    }),
    found: /application appliedAt/,
  },
  {
    side: 'adapter',
    region: 'jiangsu',
    name: 'the last digit of a mobile is another',
    fault: writes((wire: { contactmobile?: string }) => {
      const { contactmobile = '' } = wire
      wire.contactmobile = `${contactmobile.slice(0, -1)}${(Number(contactmobile.at(-1)) + 1) % 10}`
    }),
    found: /application contact/,
  },
  {
    side: 'adapter',
    region: 'zhejiang',
    name: 'a name ends before its first rare character',
    fault: writes((wire: { applicantVO?: { applyName: string } }) => {
      const { applicantVO } = wire
      if (applicantVO) applicantVO.applyName = applicantVO.applyName.replace(/(?<=.)[\ud800-\udfff].*$/s, '')
    }),
    found: /application name/,
  },
  {
    side: 'adapter',
    region: 'anhui',
    name: 'an entry of a form loses its last character',
    fault: writes((wire: { formXml?: { RECORD: { FORMDATA: Record<string, string> } } }) => {
      const form = wire.formXml?.RECORD.FORMDATA ?? {}
      for (const [name, value] of Object.entries(form))
        if (/[一-鿿]/.test(value)) form[name] = value.slice(0, -1)
    }),
    found: /application form/,
  },
  {
    side: 'adapter',
    region: 'jiangsu',
    name: 'the bytes of another upload are sent',
    fault: calls(({ submit }) => ({
      submit: (filing) =>
        submit({
          ...filing,
          file: async (id) => ({ ...(await filing.file(id)), bytes: Buffer.from('%PDF-1.4 x') }),
        }),
    })),
    found: /application files/,
  },
  {
    side: 'adapter',
    region: 'zhejiang',
    name: 'a signed header is not sent',
    fault: { out: (out) => without(out, 'X-BG-HMAC-SIGNATURE') },
    found: /refuses our credentials.* operation=sharing-token code=401/,
  },
  {
    side: 'adapter',
    region: 'anhui',
    name: '受理 in a callback is read as 不予受理',
    fault: hears((event) => (event.status === 'ACCEPTED' ? { ...event, status: 'NOT_ACCEPTED' } : event)),
    found: /callback status: here "NOT_ACCEPTED", there "ACCEPTED"/,
  },
  {
    side: 'adapter',
    region: 'jiangsu',
    name: '暂停计时 is taken for 已受理, whose number it has',
    fault: calls(({ readCase }) => ({
      readCase: async (filed) => {
        const read = await readCase(filed)
        return read.status === 'SUSPENDED' ? { ...read, status: 'ACCEPTED' } : read
      },
    })),
    found: /status: here "ACCEPTED", there "SUSPENDED"/,
  },
  {
    side: 'adapter',
    region: 'shanghai',
    name: 'the steps of a case come in another order',
    fault: calls(({ readCase }) => ({
      readCase: async (filed) => {
        const read = await readCase(filed)
        return read.steps ? { ...read, steps: read.steps.toReversed() } : read
      },
    })),
    found: /case last step/,
  },
  {
    side: 'adapter',
    region: 'shanghai',
    name: 'the second page of a catalogue begins one row too late',
    fault: calls(({ listMatters }) => ({
      listMatters: async (ask) => {
        const { items, total } = await listMatters(ask)
        return { total, items: ask.page > 1 ? items.slice(1) : items }
      },
    })),
    found: /catalogue by pages/,
  },
  {
    side: 'adapter',
    region: 'zhejiang',
    name: 'a licence that was revoked passes as valid',
    fault: calls(({ licences }) =>
      licences
        ? {
            licences: {
              ...licences,
              find: async (ask) =>
                (await licences.find(ask)).map((one) =>
                  one.status === 'revoked' ? { ...one, status: 'valid' as const } : one,
                ),
            },
          }
        : {},
    ),
    found: /licence status: here "valid", there "revoked"/,
  },
  {
    side: 'adapter',
    region: 'anhui',
    name: 'day and month of a photo change places',
    fault: calls(({ photos }) =>
      photos
        ? {
            photos: {
              ...photos,
              find: async (ask) =>
                (await photos.find(ask)).map(({ takenOn = '', ...one }) => ({
                  ...one,
                  takenOn: takenOn.replace(/-(\d\d)-(\d\d)$/, '-$2-$1'),
                })),
            },
          }
        : {},
    ),
    found: /photo takenOn/,
  },
  {
    side: 'adapter',
    region: 'shanghai',
    name: 'levels of a log-in are counted from the other end',
    fault: meets((account) => ({ ...account, level: (3 - account.level) as 0 | 1 | 2 | 3 })),
    found: /log-in level/,
  },
  {
    side: 'adapter',
    region: 'anhui',
    name: '必要 and 非必要 are taken for each other, as other regions number them',
    fault: calls(({ readMatter }) => ({
      readMatter: async (ask) => {
        const matter = await readMatter(ask)
        const other = { required: 'optional', optional: 'required' } as const
        return {
          ...matter,
          documents: matter.documents.map((one) => ({
            ...one,
            necessity:
              one.necessity === 'required' || one.necessity === 'optional'
                ? other[one.necessity]
                : one.necessity,
          })),
        }
      },
    })),
    found: /operation=apply-submit code=02 member=attrXml/,
  },
]
