/** Why a camera or microphone can't be used. */
export type DeviceProblem =
  /** The person, the browser or a policy said no. */
  | "denied"
  /** There is none. */
  | "missing"
  /** Another program has it. */
  | "busy"
  /** The browser has no way to ask for one, such as on a page without TLS. */
  | "unsupported"
  | "failed";

/** What the rejection of `getUserMedia` means (Media Capture and Streams §10.2). */
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

/** Opens a camera or a microphone. Rejects with what `deviceProblem` understands. */
export async function openDevice(constraints: MediaStreamConstraints): Promise<MediaStream> {
  // Typed as always there; it is not on a page that is not secure.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new DOMException("This page has no access to devices.", "NotSupportedError");
  return await devices.getUserMedia(constraints);
}

/** Lets go of a camera or a microphone, so that its light goes out. */
export function closeDevice(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
