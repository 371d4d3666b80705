/** What a problem is: how it is answered, who must act, and what the page of it says. */
export interface Problem {
  readonly status: number
  readonly blame: 'caller' | 'gateway' | 'region'
  /** Whether the same request may succeed later. */
  readonly retry: boolean
  readonly title: { readonly zh: string; readonly en: string }
  /** Why it comes up. */
  readonly cause: { readonly zh: string; readonly en: string }
  readonly fix: { readonly zh: string; readonly en: string }
}

/** One line of the table. */
export const problem = (
  status: number,
  blame: Problem['blame'],
  retry: boolean,
  title: readonly [zh: string, en: string],
  cause: readonly [zh: string, en: string],
  fix: readonly [zh: string, en: string],
): Problem => ({
  status,
  blame,
  retry,
  title: { zh: title[0], en: title[1] },
  cause: { zh: cause[0], en: cause[1] },
  fix: { zh: fix[0], en: fix[1] },
})
