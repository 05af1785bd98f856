/**
 * Every error code with its HTTP status and meaning. The single source for thrown errors, responses and
 * OpenAPI.
 */
export const errorTable = {
  BadRequest: { status: 400, meaning: "The body is not JSON, or an id in the path is malformed." },
  InvalidQuery: {
    status: 400,
    meaning: "A query parameter is unknown, empty, given twice, or does not parse. `details` names it.",
  },
  InvalidPageToken: {
    status: 400,
    meaning: "The page token was not made by this list with these filters and this order.",
  },
  Unauthorized: { status: 401, meaning: "Credentials are missing, wrong, or no longer valid." },
  Forbidden: { status: 403, meaning: "The caller may not do this." },
  WorkspaceNotFound: { status: 404, meaning: "No such workspace, or the caller is not in it." },
  AgentNotFound: { status: 404, meaning: "No such agent in this workspace." },
  MediaNotFound: { status: 404, meaning: "No such finished upload of this agent." },
  TeamNotFound: { status: 404, meaning: "No such team in this workspace." },
  SkillNotFound: { status: 404, meaning: "No such skill in this workspace." },
  CapacityRuleNotFound: { status: 404, meaning: "No such capacity rule in this workspace." },
  SenderProfileNotFound: { status: 404, meaning: "No such sender profile in this workspace." },
  RoleNotFound: { status: 404, meaning: "No such role in this workspace." },
  AccessKeyNotFound: { status: 404, meaning: "No such access key in this workspace." },
  UserNotFound: { status: 404, meaning: "No such person in this workspace." },
  CountryNotFound: { status: 404, meaning: "The public holidays of this country are not known." },
  ViewNotFound: { status: 404, meaning: "The caller has no such view in this workspace." },
  SessionNotFound: { status: 404, meaning: "The caller has no such session, or it has ended." },
  ResetNotFound: {
    status: 404,
    meaning: "The link for a new password was used or replaced, or its time is over.",
  },
  InvitationNotFound: {
    status: 404,
    meaning: "The invitation was used, replaced or withdrawn, or its time is over.",
  },
  NotFound: { status: 404, meaning: "Nothing is at this path." },
  MethodNotAllowed: {
    status: 405,
    meaning: "The path does not take this method; `Allow` lists those it does.",
  },
  AgentAlreadyExists: { status: 409, meaning: "The user already has an agent in this workspace." },
  SkillAlreadyExists: { status: 409, meaning: "The workspace has a skill of this name already." },
  DefaultCapacityRuleAlreadyExists: {
    status: 409,
    meaning: "The workspace has a default rule: no second one can be made, and this one can't be deleted.",
  },
  ManagedRole: { status: 409, meaning: "The role comes with the product and can't be changed or deleted." },
  ViewAlreadyExists: { status: 409, meaning: "The caller has a view of this name already." },
  OwnAgent: { status: 409, meaning: "Nobody may delete their own agent." },
  PersonSuspended: {
    status: 409,
    meaning: "The agent's person is suspended, so the agent can't be set active; restore the person first.",
  },
  LastSupervisor: { status: 409, meaning: "A workspace always keeps at least one active supervisor." },
  IdempotencyKeyReused: { status: 409, meaning: "The idempotency key was used with another body." },
  IdempotencyKeyInUse: {
    status: 409,
    meaning: "The first request with this idempotency key is still running.",
  },
  PreconditionFailed: { status: 412, meaning: "The resource has changed since the version in `If-Match`." },
  RequestTimeout: { status: 408, meaning: "The request came too slowly and was cut off; send it again." },
  PayloadTooLarge: { status: 413, meaning: "The body is over 256 KiB." },
  UnsupportedMediaType: {
    status: 415,
    meaning:
      "The body is not `application/json` (with PATCH also `application/merge-patch+json`), or is compressed.",
  },
  InvalidAgent: {
    status: 422,
    meaning: "A rule for agents is broken. `details` names every offending field.",
  },
  InvalidAvailability: {
    status: 422,
    meaning: "A rule for availability is broken. `details` names every offending field.",
  },
  InvalidTeam: {
    status: 422,
    meaning: "A rule for teams is broken. `details` names every offending field.",
  },
  InvalidSkill: {
    status: 422,
    meaning: "A rule for skills is broken. `details` names every offending field.",
  },
  InvalidCapacityRule: {
    status: 422,
    meaning: "A rule for capacity rules is broken. `details` names every offending field.",
  },
  InvalidSenderProfile: {
    status: 422,
    meaning: "A rule for sender profiles is broken. `details` names every offending field.",
  },
  InvalidRole: {
    status: 422,
    meaning: "A rule for roles is broken. `details` names every offending field.",
  },
  InvalidView: {
    status: 422,
    meaning: "A rule for saved views is broken. `details` names every offending field.",
  },
  InvalidTokenRequest: {
    status: 422,
    meaning: "The request for a token is not of the right shape. `details` names every offending field.",
  },
  InvalidAccessKey: {
    status: 422,
    meaning: "A rule for access keys is broken. `details` names every offending field.",
  },
  InvalidUser: {
    status: 422,
    meaning: "A rule for people is broken. `details` names every offending field.",
  },
  InvalidInvitation: {
    status: 422,
    meaning: "The invitation can't be accepted like this. `details` names every offending field.",
  },
  InvalidPassword: {
    status: 422,
    meaning: "The password can't be changed like this. `details` names every offending field.",
  },
  RateLimited: { status: 429, meaning: "Too many requests; `Retry-After` says when to try again." },
  InternalError: { status: 500, meaning: "Something went wrong here; the log has the request id." },
  Unavailable: {
    status: 503,
    meaning:
      "The database does not answer, takes no changes at the moment or took too long; `Retry-After` says when to try again.",
  },
  InsufficientStorage: {
    status: 507,
    meaning: "There is no room left for uploads; `Retry-After` says when to try again.",
  },
} as const satisfies Record<string, { status: number; meaning: string }>;

export type ErrorCode = keyof typeof errorTable;

/** Messages per field. The key is a dotted path; `""` stands for the whole body. */
export type ErrorDetails = Record<string, string[]>;

/** An error response; can be thrown anywhere while a request is handled. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly details: ErrorDetails | undefined;
  readonly headers: Record<string, string>;

  /** `message` is shown to the caller and says how to fix the problem. */
  constructor(
    readonly code: ErrorCode,
    message: string,
    options: { details?: ErrorDetails | undefined; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.details = options.details;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return errorTable[this.code].status;
  }
}

/**
 * Returns whether a thrown value is an `ApiError`. Goes by name, not `instanceof`, because a bundler may load
 * the class twice.
 */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && error.name === "ApiError" && "code" in error && "headers" in error;
}

/** Returns the JSON body of an error. */
export function errorBody(error: ApiError): { code: ErrorCode; message: string; details?: ErrorDetails } {
  return {
    code: error.code,
    message: error.message,
    ...(error.details ? { details: error.details } : {}),
  };
}
