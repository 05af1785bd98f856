/**
 * Every error code with its HTTP status and meaning. The single source for thrown errors, responses and
 * OpenAPI.
 */
export const errorTable = {
  BadRequest: { status: 400, meaning: "The body is not valid JSON, or an id in the path is not valid." },
  InvalidQuery: {
    status: 400,
    meaning:
      "A query parameter is unknown, empty, repeated or not valid. `details` lists each invalid parameter.",
  },
  InvalidPageToken: {
    status: 400,
    meaning: "The page token belongs to a different list, different filters or a different order.",
  },
  Unauthorized: { status: 401, meaning: "Credentials are missing, wrong or no longer valid." },
  Forbidden: { status: 403, meaning: "The caller doesn't have permission to do this." },
  WorkspaceNotFound: { status: 404, meaning: "The workspace doesn't exist, or the caller is not in it." },
  AgentNotFound: { status: 404, meaning: "The agent doesn't exist in this workspace." },
  MediaNotFound: { status: 404, meaning: "The agent has no finished upload with this id." },
  TeamNotFound: { status: 404, meaning: "The team doesn't exist in this workspace." },
  SkillNotFound: { status: 404, meaning: "The skill doesn't exist in this workspace." },
  StatusNotFound: { status: 404, meaning: "The preset doesn't exist in this workspace." },
  CapacityRuleNotFound: { status: 404, meaning: "The capacity rule doesn't exist in this workspace." },
  SenderProfileNotFound: { status: 404, meaning: "The sender profile doesn't exist in this workspace." },
  RoleNotFound: { status: 404, meaning: "The role doesn't exist in this workspace." },
  AccessKeyNotFound: { status: 404, meaning: "The access key doesn't exist in this workspace." },
  UserNotFound: { status: 404, meaning: "The person doesn't exist in this workspace." },
  CountryNotFound: { status: 404, meaning: "There are no public holidays for this country." },
  ViewNotFound: { status: 404, meaning: "The caller has no view with this id in this workspace." },
  SessionNotFound: { status: 404, meaning: "The caller has no session with this id, or it has ended." },
  ResetNotFound: {
    status: 404,
    meaning: "The password reset link was used or replaced, or has expired.",
  },
  InvitationNotFound: {
    status: 404,
    meaning: "The invitation was used, replaced or withdrawn, or has expired.",
  },
  QueueNotFound: { status: 404, meaning: "The queue doesn't exist in this workspace." },
  ConversationNotFound: { status: 404, meaning: "The conversation doesn't exist in this workspace." },
  OfferNotFound: { status: 404, meaning: "The offer doesn't exist in this workspace." },
  HolidayCalendarNotFound: { status: 404, meaning: "The holiday calendar doesn't exist in this workspace." },
  OverrideNotFound: { status: 404, meaning: "The agent has no override on this date." },
  ShiftNotFound: { status: 404, meaning: "The shift doesn't exist in this workspace." },
  RotationNotFound: { status: 404, meaning: "The rotation doesn't exist in this workspace." },
  ShiftSwapNotFound: { status: 404, meaning: "The shift swap doesn't exist in this workspace." },
  TimeOffTypeNotFound: { status: 404, meaning: "The time off type doesn't exist in this workspace." },
  TimeOffNotFound: { status: 404, meaning: "The time off doesn't exist in this workspace." },
  CalendarFeedNotFound: { status: 404, meaning: "The calendar feed doesn't exist or was revoked." },
  CoverageNeedNotFound: { status: 404, meaning: "The coverage need doesn't exist in this workspace." },
  ChangeSetNotFound: { status: 404, meaning: "The change set doesn't exist in this workspace." },
  NotFound: { status: 404, meaning: "There is no resource at this path." },
  MethodNotAllowed: {
    status: 405,
    meaning: "The path doesn't support this method. `Allow` lists the supported methods.",
  },
  AgentAlreadyExists: { status: 409, meaning: "The user already has an agent in this workspace." },
  SkillAlreadyExists: { status: 409, meaning: "The workspace already has a skill with this name." },
  StatusAlreadyExists: { status: 409, meaning: "The workspace already has a preset with this name." },
  TooManyStatuses: { status: 409, meaning: "The workspace already has 50 presets." },
  DefaultCapacityRuleAlreadyExists: {
    status: 409,
    meaning: "Only one rule can be the default, and the default rule can't be deleted.",
  },
  ManagedRole: { status: 409, meaning: "The role is built in and can't be changed or deleted." },
  ViewAlreadyExists: { status: 409, meaning: "The caller already has a view with this name." },
  OwnAgent: { status: 409, meaning: "A person can't delete their own agent." },
  NotADemo: {
    status: 409,
    meaning: "The workspace is not the demo workspace, or the server doesn't simulate it.",
  },
  PersonSuspended: {
    status: 409,
    meaning:
      "The person behind the agent is suspended, so the agent can't be set to active. Restore the person first.",
  },
  LastSupervisor: { status: 409, meaning: "A workspace must keep at least one active supervisor." },
  DefaultQueueAlreadyExists: { status: 409, meaning: "The workspace already has a default queue." },
  QueueInUse: { status: 409, meaning: "Conversations are waiting in the queue. Move or close them first." },
  TeamInUse: {
    status: 409,
    meaning: "A queue has no other team and would use all agents. Add another team to the queue first.",
  },
  ConversationAlreadyExists: {
    status: 409,
    meaning: "A conversation with this `externalId` exists and is not closed.",
  },
  ConversationClosed: { status: 409, meaning: "The conversation is closed." },
  ConversationAssigned: {
    status: 409,
    meaning: "The conversation is assigned. Requeue it to move it to another queue.",
  },
  AgentNotAvailable: {
    status: 409,
    meaning:
      "The agent can't take the conversation now. `details.agentId` lists the codes. Send `force: true` to assign it anyway.",
  },
  OfferGone: { status: 409, meaning: "The offer was accepted, declined or withdrawn, or has expired." },
  HolidayCalendarAlreadyExists: {
    status: 409,
    meaning: "The workspace already has a holiday calendar with this name.",
  },
  ShiftAlreadyExists: {
    status: 409,
    meaning: "The workspace already has a shift with this name.",
  },
  ShiftInUse: {
    status: 409,
    meaning: "A rotation uses the shift. Remove it from the rotation first.",
  },
  RotationAlreadyExists: {
    status: 409,
    meaning: "The workspace already has a rotation with this name.",
  },
  RotationOverlaps: {
    status: 409,
    meaning: "An agent would be in two rotations on the same date. `details` lists the members.",
  },
  ShiftSwapAlreadyExists: {
    status: 409,
    meaning: "The agent already offers the shift of this date.",
  },
  ShiftSwapGone: {
    status: 409,
    meaning: "The swap was accepted, decided or cancelled, or the shifts have changed since.",
  },
  TimeOffTypeAlreadyExists: {
    status: 409,
    meaning: "The workspace already has a time off type with this name.",
  },
  TooManyTimeOffTypes: { status: 409, meaning: "The workspace already has 50 time off types." },
  TimeOffTypeInUse: {
    status: 409,
    meaning: "Time off of this type exists. Keep the type, or change that time off first.",
  },
  TimeOffOverlaps: {
    status: 409,
    meaning: "The agent already has approved time off at that time.",
  },
  TimeOffDecided: {
    status: 409,
    meaning: "The time off has been decided or cancelled, so this is no longer possible.",
  },
  TooManyTimeOff: { status: 409, meaning: "The agent already has 2,000 requested and approved entries." },
  TooManyCalendarFeeds: { status: 409, meaning: "The agent already has 10 calendar feeds." },
  TooManyCoverageNeeds: { status: 409, meaning: "The workspace already has 500 coverage needs." },
  ChangeSetOverwritten: {
    status: 409,
    meaning: "Something that the change set touched was changed later, so it can't be undone.",
  },
  ChangeSetUndone: {
    status: 409,
    meaning: "The change set was already undone.",
  },
  IdempotencyKeyReused: {
    status: 409,
    meaning: "The idempotency key was already used with a different body.",
  },
  IdempotencyKeyInUse: {
    status: 409,
    meaning: "The first request with this idempotency key is still running.",
  },
  CursorExpired: {
    status: 410,
    meaning: "Events after this cursor are no longer kept. Read the resources again.",
  },
  PreconditionFailed: { status: 412, meaning: "The resource was changed after the version in `If-Match`." },
  RequestTimeout: { status: 408, meaning: "The request arrived too slowly and was cut off. Send it again." },
  PayloadTooLarge: {
    status: 413,
    meaning: "The body is larger than 256 KiB, or 16 KiB where no credentials are needed.",
  },
  UnsupportedMediaType: {
    status: 415,
    meaning:
      "The body is compressed, or its type is not `application/json` (or, with PATCH, `application/merge-patch+json`).",
  },
  InvalidAgent: {
    status: 422,
    meaning: "Some values of the agent are not valid. `details` lists each invalid field.",
  },
  InvalidAvailability: {
    status: 422,
    meaning: "Some values of the availability are not valid. `details` lists each invalid field.",
  },
  InvalidAvailabilityPolicy: {
    status: 422,
    meaning: "Some values of the availability policy are not valid. `details` lists each invalid field.",
  },
  InvalidPresence: {
    status: 422,
    meaning: "Some values of the heartbeat are not valid. `details` lists each invalid field.",
  },
  InvalidDemo: {
    status: 422,
    meaning: "Some values of the demo are not valid. `details` lists each invalid field.",
  },
  InvalidTeam: {
    status: 422,
    meaning: "Some values of the team are not valid. `details` lists each invalid field.",
  },
  InvalidSkill: {
    status: 422,
    meaning: "Some values of the skill are not valid. `details` lists each invalid field.",
  },
  InvalidStatus: {
    status: 422,
    meaning: "Some values of the preset are not valid. `details` lists each invalid field.",
  },
  InvalidCapacityRule: {
    status: 422,
    meaning: "Some values of the capacity rule are not valid. `details` lists each invalid field.",
  },
  InvalidQueue: {
    status: 422,
    meaning: "Some values of the queue are not valid. `details` lists each invalid field.",
  },
  InvalidConversation: {
    status: 422,
    meaning: "Some values of the conversation are not valid. `details` lists each invalid field.",
  },
  InvalidSchedule: {
    status: 422,
    meaning: "Some values of the schedule are not valid. `details` lists each invalid field.",
  },
  InvalidTravel: {
    status: 422,
    meaning: "Some values of the travel are not valid. `details` lists each invalid field.",
  },
  InvalidOverride: {
    status: 422,
    meaning: "Some values of the override are not valid. `details` lists each invalid field.",
  },
  InvalidHolidayCalendar: {
    status: 422,
    meaning: "Some values of the holiday calendar are not valid. `details` lists each invalid field.",
  },
  InvalidShift: {
    status: 422,
    meaning: "Some values of the shift are not valid. `details` lists each invalid field.",
  },
  InvalidRotation: {
    status: 422,
    meaning: "Some values of the rotation are not valid. `details` lists each invalid field.",
  },
  InvalidShiftSwap: {
    status: 422,
    meaning: "Some values of the shift swap are not valid. `details` lists each invalid field.",
  },
  InvalidCalendarPolicy: {
    status: 422,
    meaning: "Some values of the calendar policy are not valid. `details` lists each invalid field.",
  },
  InvalidTimeOffType: {
    status: 422,
    meaning: "Some values of the time off type are not valid. `details` lists each invalid field.",
  },
  InvalidTimeOff: {
    status: 422,
    meaning: "Some values of the time off are not valid. `details` lists each invalid field.",
  },
  InvalidTimeOffImport: {
    status: 422,
    meaning: "Some values of the import are not valid. `details` lists each invalid field.",
  },
  InvalidCalendarFeed: {
    status: 422,
    meaning: "Some values of the calendar feed are not valid. `details` lists each invalid field.",
  },
  DelegateLoop: {
    status: 422,
    meaning:
      "The delegates form a loop, or a chain of more than five, at some time of the time off. `details` names `delegateAgentId`.",
  },
  InvalidCoverageNeed: {
    status: 422,
    meaning: "Some values of the coverage need are not valid. `details` lists each invalid field.",
  },
  InvalidCoverageChange: {
    status: 422,
    meaning: "Some values of the changes are not valid. `details` lists each invalid field.",
  },
  InvalidSenderProfile: {
    status: 422,
    meaning: "Some values of the sender profile are not valid. `details` lists each invalid field.",
  },
  InvalidRole: {
    status: 422,
    meaning: "Some values of the role are not valid. `details` lists each invalid field.",
  },
  InvalidView: {
    status: 422,
    meaning: "Some values of the view are not valid. `details` lists each invalid field.",
  },
  InvalidTokenRequest: {
    status: 422,
    meaning: "Some values of the token request are not valid. `details` lists each invalid field.",
  },
  InvalidAccessKey: {
    status: 422,
    meaning: "Some values of the access key are not valid. `details` lists each invalid field.",
  },
  InvalidUser: {
    status: 422,
    meaning: "Some values of the person are not valid. `details` lists each invalid field.",
  },
  InvalidInvitation: {
    status: 422,
    meaning: "Some values needed to accept the invitation are not valid. `details` lists each invalid field.",
  },
  InvalidPassword: {
    status: 422,
    meaning: "The current or the new password is not valid. `details` lists each invalid field.",
  },
  RateLimited: { status: 429, meaning: "Too many requests. `Retry-After` says when to try again." },
  InternalError: { status: 500, meaning: "An unexpected error on the server. Its log has the request id." },
  Unavailable: {
    status: 503,
    meaning: "The database is unreachable, read-only or too slow. `Retry-After` says when to try again.",
  },
  InsufficientStorage: {
    status: 507,
    meaning: "There is no space left for uploads. `Retry-After` says when to try again.",
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
