/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The selected square. Positions are pixels of the rotated picture. */
export interface Crop {
  /** Clockwise. */
  quarterTurns: 0 | 1 | 2 | 3;
  /** 1: the square is as wide as the shorter side; 2: half of it. */
  zoom: number;
  /** Center of the square. */
  x: number;
  y: number;
}

/** Minimum edge of the square in source pixels, so that zooming does not leave a few dots. */
const smallestSquare = 96;
const largestZoom = 8;

/**
 * Maximum edge of an uploaded picture, in pixels. The server stores 512; twice that leaves room for good
 * scaling.
 */
export const largestEdge = 1024;

/** Returns the size of a picture after its quarter turns. */
export function turned({ width, height }: Size, { quarterTurns }: Pick<Crop, "quarterTurns">): Size {
  return quarterTurns % 2 === 0 ? { width, height } : { width: height, height: width };
}

/** Returns the maximum zoom; 1 for small pictures. */
export function maxZoom({ width, height }: Size): number {
  return Math.min(largestZoom, Math.max(1, Math.min(width, height) / smallestSquare));
}

/** Edge of the square in source pixels. */
export function squareEdge({ width, height }: Size, { zoom }: Pick<Crop, "zoom">): number {
  return Math.min(width, height) / zoom;
}

const between = (low: number, value: number, high: number) => Math.min(Math.max(value, low), high);

/** Returns the nearest crop within the picture. */
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

/** Returns a centered crop of the whole shorter side. */
export function firstCrop({ width, height }: Size): Crop {
  return { quarterTurns: 0, zoom: 1, x: width / 2, y: height / 2 };
}

/** Moves the picture under the square. Distances are fractions of the square's edge. */
export function move(size: Size, crop: Crop, right: number, down: number): Crop {
  const edge = squareEdge(size, crop);
  return within(size, { ...crop, x: crop.x - right * edge, y: crop.y - down * edge });
}

/** A point in the square: 0 is its left or top edge, 1 the opposite one. */
export interface Point {
  x: number;
  y: number;
}

const middle: Point = { x: 0.5, y: 0.5 };

/** Zooms by a factor around a point that stays in place. */
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

/** Rotates the picture clockwise by a quarter turn. The same part stays in the square. */
export function turn(size: Size, crop: Crop): Crop {
  const { height } = turned(size, crop);
  const quarterTurns = ((crop.quarterTurns + 1) % 4) as Crop["quarterTurns"];
  return within(size, { ...crop, quarterTurns, x: height - crop.y, y: crop.x });
}

/** Returns the square in pixels of the stored, unrotated picture. */
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

/** Returns the edge of the uploaded picture; never upscales. */
export function resultEdge(size: Size, crop: Crop): number {
  return between(1, Math.round(squareEdge(size, crop)), largestEdge);
}
