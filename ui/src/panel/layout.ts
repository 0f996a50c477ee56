// Where machines, wires and cables stand in the picture of the network.

import type { Cable, Machine, Network, View } from '../core/protocol';

export interface Box {
  machine: Machine;
  x: number;
  y: number;
}

export interface Hub {
  network: Network;
  x: number;
  y: number;
}

export interface Wire {
  cable: Cable;
  machine: Machine;
  from: { x: number; y: number };
  to: { x: number; y: number };
  network: Network;
  /** Where its plug is drawn. */
  plug: { x: number; y: number };
}

export interface Picture {
  width: number;
  height: number;
  boxWidth: number;
  boxHeight: number;
  upright: boolean;
  /** The room for the name of a wire. */
  nameWidth: number;
  boxes: Box[];
  hubs: Hub[];
  wires: Wire[];
}

const BOX_HEIGHT = 92;
const UPRIGHT_BOX_HEIGHT = 70;
const NARROWEST = 112;
const WIDEST = 172;
const GAP = 44;
const WIDE_GAP = 60;
const BETWEEN = 18;
const MARGIN = 4;
/** Narrow names of wires take one more line. */
const NARROW_NAMES = 16;

type Node = { kind: 'machine'; name: string } | { kind: 'network'; name: string };

/** The picture of `view`'s machines in `width` pixels: from left to right, or downwards. */
export function layOut(view: View, width: number): Picture {
  const columns = inColumns(view);
  const machineColumns = Math.ceil(columns.length / 2);
  const gaps = columns.length - 1;
  const gap = width > 640 ? WIDE_GAP : GAP;
  const room = (width - gaps * gap - 2 * MARGIN) / machineColumns;
  const upright = room < NARROWEST && columns.length > 1;
  return upright ? downwards(view, columns, width) : sideways(view, columns, Math.min(room, WIDEST), gap, width);
}

/** Machines and networks by their distance from the first machine; machines in even columns. */
function inColumns(view: View): Node[][] {
  const networks = view.networks ?? [];
  const columns: Node[][] = [];
  const seen = new Set<string>();
  const place = (node: Node, depth: number): void => {
    if (seen.has(`${node.kind}:${node.name}`)) {
      return;
    }
    seen.add(`${node.kind}:${node.name}`);
    (columns[depth] ??= []).push(node);
  };
  const spread = (first: string): void => {
    place({ kind: 'machine', name: first }, 0);
    for (let depth = 0; columns[depth]; depth++) {
      for (const node of columns[depth] ?? []) {
        for (const network of networks) {
          const joined = network.plugs.map(plug => plug.machine);
          if (node.kind === 'machine' && joined.includes(node.name)) {
            place({ kind: 'network', name: network.id }, depth + 1);
          } else if (node.kind === 'network' && node.name === network.id) {
            joined.forEach(name => place({ kind: 'machine', name }, depth + 1));
          }
        }
      }
    }
  };
  view.machines.forEach(machine => !seen.has(`machine:${machine.name}`) && spread(machine.name));
  return columns;
}

function sideways(view: View, columns: Node[][], boxWidth: number, gap: number, width: number): Picture {
  const rows = Math.max(...columns.map(column => column.length));
  const height = rows * BOX_HEIGHT + (rows - 1) * BETWEEN + 2 * MARGIN + (gap < WIDE_GAP ? NARROW_NAMES : 0);
  const used = Math.ceil(columns.length / 2) * boxWidth + (columns.length - 1) * gap;
  const left = (width - used) / 2;
  const centre = (depth: number, row: number, count: number): { x: number; y: number } => ({
    x: left + boxWidth / 2 + (depth * (boxWidth + 2 * gap)) / 2,
    y: height / 2 + (row - (count - 1) / 2) * (BOX_HEIGHT + BETWEEN),
  });
  return drawn(view, columns, centre, {
    width,
    height,
    boxWidth,
    boxHeight: BOX_HEIGHT,
    upright: false,
    nameWidth: 2 * gap - 6,
  });
}

function downwards(view: View, columns: Node[][], width: number): Picture {
  const widest = Math.max(...columns.map(column => column.length));
  const boxWidth = Math.min(300, (width - 2 * MARGIN - (widest - 1) * BETWEEN) / widest);
  const step = UPRIGHT_BOX_HEIGHT / 2 + GAP;
  const height = (columns.length - 1) * step + UPRIGHT_BOX_HEIGHT + 2 * MARGIN;
  const centre = (depth: number, row: number, count: number): { x: number; y: number } => ({
    x: width / 2 + (row - (count - 1) / 2) * (boxWidth + BETWEEN),
    y: MARGIN + UPRIGHT_BOX_HEIGHT / 2 + depth * step,
  });
  return drawn(view, columns, centre, {
    width,
    height,
    boxWidth,
    boxHeight: UPRIGHT_BOX_HEIGHT,
    upright: true,
    nameWidth: width / 2 - 24,
  });
}

function drawn(
  view: View,
  columns: Node[][],
  centre: (depth: number, row: number, count: number) => { x: number; y: number },
  frame: Pick<Picture, 'width' | 'height' | 'boxWidth' | 'boxHeight' | 'upright' | 'nameWidth'>,
): Picture {
  const boxes: Box[] = [];
  const hubs: Hub[] = [];
  columns.forEach((column, depth) =>
    column.forEach((node, row) => {
      const at = centre(depth, row, column.length);
      const machine = view.machines.find(one => one.name === node.name);
      const network = view.networks?.find(one => one.id === node.name);
      if (node.kind === 'machine' && machine) {
        boxes.push({ machine, ...at });
      } else if (node.kind === 'network' && network) {
        hubs.push({ network, ...at });
      }
    }),
  );
  return { ...frame, boxes, hubs, wires: wires(boxes, hubs, frame) };
}

function wires(
  boxes: Box[],
  hubs: Hub[],
  frame: Pick<Picture, 'boxWidth' | 'boxHeight' | 'upright'>,
): Wire[] {
  return hubs.flatMap(hub =>
    hub.network.plugs.flatMap(({ machine: name, nic }) => {
      const box = boxes.find(one => one.machine.name === name);
      const cable = box?.machine.cables.find(one => one.nic === nic);
      if (!box || !cable) {
        return [];
      }
      const from = frame.upright
        ? { x: box.x, y: box.y + Math.sign(hub.y - box.y) * (frame.boxHeight / 2) }
        : { x: box.x + Math.sign(hub.x - box.x) * (frame.boxWidth / 2), y: box.y };
      const plug = { x: from.x + (hub.x - from.x) * 0.42, y: from.y + (hub.y - from.y) * 0.42 };
      return [{ cable, machine: box.machine, from, to: { x: hub.x, y: hub.y }, network: hub.network, plug }];
    }),
  );
}
