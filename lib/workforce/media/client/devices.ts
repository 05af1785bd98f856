/** Why a camera or microphone can't be used. */
export type DeviceProblem =
  /** Refused by the user, the browser or a policy. */
  | "denied"
  /** No such device. */
  | "missing"
  /** In use by another program. */
  | "busy"
  /** The browser has no device access here, for example on a page without TLS. */
  | "unsupported"
  | "failed";

/** Returns the reason for a rejected `getUserMedia` call (Media Capture and Streams §10.2). */
export function deviceProblem(error: unknown): DeviceProblem {
  switch (error instanceof Error ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    case "NotSupportedError":
    case "TypeError":
      return "unsupported";
    default:
      return "failed";
  }
}

/** Opens a camera or microphone. Pass a rejection to `deviceProblem`. */
export async function openDevice(constraints: MediaStreamConstraints): Promise<MediaStream> {
  // Undefined on insecure pages, against its type.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new DOMException("This page has no access to devices.", "NotSupportedError");
  return await devices.getUserMedia(constraints);
}

/** Releases a camera or microphone, so that its indicator turns off. */
export function closeDevice(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
