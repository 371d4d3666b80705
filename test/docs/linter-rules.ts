/** Rules of linters that do not hold here, each with its reason. What is not named stands as its makers wrote it. */

/** A rule as IBM writes it, as far as it is changed here. */
interface Rule {
  readonly then: { readonly functionOptions: Readonly<Record<string, unknown>> }
}
/** IBM's rules, by their names. */
export interface IbmRules {
  readonly rules: Readonly<Record<string, Rule>>
}

export const OWASP_RULES = {
  // An answer without the header is read by no page of another origin, which is what this API means: its clients are servers and apps.
  'owasp:api8:2023-define-cors-origin': 'off',
  // RFC 6749, 4.4.3: client credentials get no refresh token. Tokens live ten minutes, and the flow with refresh tokens says so.
  'owasp:api2:2023-short-lived-access-tokens': 'off',
} as const

export const ibmRules = ({ rules }: IbmRules) => ({
  // Our names are in camelCase, in JSON as in queries and paths: these two rules are kept and look for that.
  ...told(rules, 'ibm-property-casing-convention', { type: 'camel' }),
  ...told(rules, 'ibm-parameter-casing-convention', { query: { type: 'camel' }, path: { type: 'camel' } }),
  // `const` and `propertyNames` are JSON Schema 2020-12, which OpenAPI 3.1 is; the list of the others stands.
  ...told(rules, 'ibm-schema-keywords', {
    keywordAllowList: [
      ...(optionsOf(rules, 'ibm-schema-keywords')['keywordAllowList'] as readonly string[]),
      'const',
      'propertyNames',
    ],
  }),
  // Statuses are UPPER_SNAKE, other words camelCase, and some are codes of a national standard.
  'ibm-enum-casing-convention': 'off',
  // It knows the types of OpenAPI 3.0 and takes `null`, a type of 3.1, for a mistake.
  'ibm-schema-type-format': 'off',
  // Absent and empty are two answers: a document that names no formats takes any, one with an empty list takes none.
  'ibm-required-array-properties-in-response': 'off',
  // What a region does not tell is absent; a word in its place would be a guess.
  'ibm-required-enum-properties-in-response': 'off',
  // The ETag of `/cases/{id}` is also that of what is done below it: the rule wants a GET at the same path.
  'ibm-etag-header': 'off',
  // `/schemas/{region}/{message}` is a fixed address of this API; a region has no page of its own there.
  'ibm-no-consecutive-path-parameter-segments': 'off',
})

type Rules = IbmRules['rules']

function optionsOf(rules: Rules, name: string): Readonly<Record<string, unknown>> {
  const rule = rules[name]
  if (!rule) throw new Error(`IBM has no rule ${name} any more`)
  return rule.then.functionOptions
}

/** One rule as IBM wrote it, asking for other words. */
function told(rules: Rules, name: string, words: object): object {
  const functionOptions = { ...optionsOf(rules, name), ...words }
  const rule = rules[name] as Rule
  // biome-ignore lint/suspicious/noThenProperty: it is how Spectral calls what a rule does.
  return { [name]: { ...rule, then: { ...rule.then, functionOptions } } }
}
