/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Which square of a picture is taken. Positions are pixels of the picture as it is turned. */
export interface Crop {
  /** Clockwise. */
  quarterTurns: 0 | 1 | 2 | 3;
  /** 1: the square is as wide as the shorter side; 2: half of it. */
  zoom: number;
  /** The middle of the square. */
  x: number;
  y: number;
}

/** Pixels that the square has at least, so that nobody is cut out of a handful of dots. */
const smallestSquare = 96;
const largestZoom = 8;

/** Pixels along the edge of a picture that is sent; the server keeps 512 of them, twice as many leave it a choice. */
export const largestEdge = 1024;

/** The size of a picture after its quarter turns. */
export function turned({ width, height }: Size, { quarterTurns }: Pick<Crop, "quarterTurns">): Size {
  return quarterTurns % 2 === 0 ? { width, height } : { width: height, height: width };
}

/** How far a picture can be zoomed into: small ones not at all. */
export function maxZoom({ width, height }: Size): number {
  return Math.min(largestZoom, Math.max(1, Math.min(width, height) / smallestSquare));
}

/** The edge of the square in pixels of the picture. */
export function squareEdge({ width, height }: Size, { zoom }: Pick<Crop, "zoom">): number {
  return Math.min(width, height) / zoom;
}

const between = (low: number, value: number, high: number) => Math.min(Math.max(value, low), high);

/** The nearest crop that lies within the picture. */
export function within(size: Size, crop: Crop): Crop {
  const zoom = between(1, crop.zoom, maxZoom(size));
  const half = squareEdge(size, { zoom }) / 2;
  const { width, height } = turned(size, crop);
  return {
    quarterTurns: crop.quarterTurns,
    zoom,
    x: between(half, crop.x, width - half),
    y: between(half, crop.y, height - half),
  };
}

/** The whole shorter side, in the middle of the longer one. */
export function firstCrop({ width, height }: Size): Crop {
  return { quarterTurns: 0, zoom: 1, x: width / 2, y: height / 2 };
}

/** Moves the picture below the square; distances are parts of the square's edge. */
export function move(size: Size, crop: Crop, right: number, down: number): Crop {
  const edge = squareEdge(size, crop);
  return within(size, { ...crop, x: crop.x - right * edge, y: crop.y - down * edge });
}

/** A point of the square: 0 is its left or upper edge, 1 the other. */
export interface Point {
  x: number;
  y: number;
}

const middle: Point = { x: 0.5, y: 0.5 };

/** Zooms by a factor; what lies at the point stays there. */
export function zoomBy(size: Size, crop: Crop, factor: number, point: Point = middle): Crop {
  const zoom = between(1, crop.zoom * factor, maxZoom(size));
  const shrunk = squareEdge(size, crop) - squareEdge(size, { zoom });
  return within(size, {
    ...crop,
    zoom,
    x: crop.x + (point.x - 0.5) * shrunk,
    y: crop.y + (point.y - 0.5) * shrunk,
  });
}

/** Turns the picture by a quarter, clockwise; the same part of it stays in the square. */
export function turn(size: Size, crop: Crop): Crop {
  const { height } = turned(size, crop);
  const quarterTurns = ((crop.quarterTurns + 1) % 4) as Crop["quarterTurns"];
  return within(size, { ...crop, quarterTurns, x: height - crop.y, y: crop.x });
}

/** The square in pixels of the picture as it is stored, not turned. */
export function sourceSquare(size: Size, crop: Crop): { x: number; y: number; edge: number } {
  const edge = squareEdge(size, crop);
  const { width, height } = size;
  const { x, y } = crop;
  const centre = [
    { x, y },
    { x: y, y: height - x },
    { x: width - x, y: height - y },
    { x: width - y, y: x },
  ][crop.quarterTurns] ?? { x, y };
  return { x: centre.x - edge / 2, y: centre.y - edge / 2, edge };
}

/** The edge of the picture that is sent: never more pixels than there are. */
export function resultEdge(size: Size, crop: Crop): number {
  return between(1, Math.round(squareEdge(size, crop)), largestEdge);
}
