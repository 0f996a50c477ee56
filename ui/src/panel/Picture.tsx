// The network: lines in a drawing, machines and plugs as buttons on it.

import type { ComponentChild } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from '../core/icons';
import type { Cable, Machine, Power, View } from '../core/protocol';
import type { Words } from '../core/words';
import { layOut, type Box, type Hub, type Picture as Drawn, type Wire } from './layout';

/** A machine that is still being made is not gone. */
export function powerOf(machine: Machine, view: View): Power | 'coming' {
  return machine.power === 'missing' && view.state === 'starting' ? 'coming' : machine.power;
}

export const POWER_ICON: Record<Power | 'coming', IconName> = {
  coming: 'circle',
  running: 'tick',
  booting: 'busy',
  off: 'circle',
  paused: 'pause',
  missing: 'cross',
};

interface Props {
  view: View;
  words: Words;
  current: string | null;
  onMachine: (name: string) => void;
  onCable: (cable: Cable) => void;
  off: string | undefined;
}

export function Picture(props: Props): ComponentChild {
  const { view, words } = props;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const picture = layOut(view, width);
  return (
    <section class="bf-picture" aria-label={words.say('panel.picture')}>
      <div ref={frame} class="bf-canvas" style={{ height: `${picture.height}px` }}>
        <Lines picture={picture} />
        {picture.hubs.map(hub => (
          <HubName key={hub.network.id} hub={hub} picture={picture} words={words} />
        ))}
        {picture.boxes.map(box => (
          <MachineBox key={box.machine.name} box={box} picture={picture} {...props} />
        ))}
        {picture.wires.map(wire => (
          <Plug
            key={`${wire.cable.machine}/${wire.cable.nic}`}
            wire={wire}
            upright={picture.upright}
            {...props}
          />
        ))}
      </div>
    </section>
  );
}

function useWidth(frame: { current: HTMLDivElement | null }): number {
  const [width, setWidth] = useState(600);
  useEffect(() => {
    const watcher = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) {
        setWidth(Math.floor(entry.contentRect.width));
      }
    });
    if (frame.current) {
      watcher.observe(frame.current);
    }
    return () => watcher.disconnect();
  }, []);
  return width;
}

function Lines({ picture }: { picture: Drawn }): ComponentChild {
  return (
    <svg width={picture.width} height={picture.height} aria-hidden="true">
      {picture.wires.map(({ cable, from, to, plug }) => (
        <g
          key={`${cable.machine}/${cable.nic}`}
          class={`bf-wire ${cable.connected ? '' : 'bf-pulled'} ${slow(cable) ? 'bf-slow' : ''}`}
        >
          <line x1={from.x} y1={from.y} x2={plug.x} y2={plug.y} />
          <line class="bf-far" x1={plug.x} y1={plug.y} x2={to.x} y2={to.y} />
        </g>
      ))}
      {picture.hubs.map(hub => (
        <circle key={hub.network.id} class="bf-hub" cx={hub.x} cy={hub.y} r={5} />
      ))}
    </svg>
  );
}

function slow(cable: Cable): boolean {
  return cable.delay > 0 || cable.loss > 0 || cable.rate > 0;
}

function HubName(props: { hub: Hub; picture: Drawn; words: Words }): ComponentChild {
  const { hub, picture, words } = props;
  const { upright, nameWidth } = picture;
  const place = upright ? { left: hub.x + 14, top: hub.y } : { left: hub.x, top: hub.y + 12 };
  return (
    <span
      class={`bf-hub-name ${upright ? 'bf-beside' : ''}`}
      style={{ left: `${place.left}px`, top: `${place.top}px`, width: `${nameWidth}px` }}
    >
      {words.of(hub.network.label)}
    </span>
  );
}

function MachineBox(props: Props & { box: Box; picture: Drawn }): ComponentChild {
  const { box, picture, view, words, current, onMachine } = props;
  const { machine } = box;
  const power = powerOf(machine, view);
  const open = machine.access !== 'none';
  return (
    <button
      type="button"
      class={`bf-machine bf-power-${power} ${machine.name === current ? 'bf-current' : ''}`}
      style={{
        left: `${box.x - picture.boxWidth / 2}px`,
        top: `${box.y - picture.boxHeight / 2}px`,
        width: `${picture.boxWidth}px`,
        height: `${picture.boxHeight}px`,
      }}
      aria-disabled={open ? undefined : 'true'}
      onClick={() => open && onMachine(machine.name)}
    >
      <b>{words.of(machine.label)}</b>
      <span class="bf-host">{machine.hostname}</span>
      <MachineState machine={machine} power={power} words={words} />
      {open && <span class="bf-hidden">{words.say('panel.terminal-again')}</span>}
    </button>
  );
}

/** The state of a machine in a word. */
export function powerWord(power: Power | 'coming', words: Words): string {
  return power === 'coming' ? words.say('panel.machine-coming') : words.say(`power.${power}`);
}

function MachineState(props: {
  machine: Machine;
  power: Power | 'coming';
  words: Words;
}): ComponentChild {
  const { machine, power, words } = props;
  return (
    <span class="bf-state">
      <Icon name={POWER_ICON[power]} />
      {powerWord(power, words)}
      {machine.access === 'none' && <i> · {words.say('panel.no-access')}</i>}
    </span>
  );
}

function Plug(props: Props & { wire: Wire; upright: boolean }): ComponentChild {
  const { wire, words, onCable, off, upright } = props;
  const { cable, machine, network, plug } = wire;
  const values = { nic: cable.nic, name: machine.hostname };
  const says = words.say(cable.connected ? 'panel.cable-in' : 'panel.cable-out', values);
  // The lines are for the eye alone, so where a cable leads is said too.
  const leads = words.say('panel.cable-network', { network: words.of(network.label) });
  const why = `${says}. ${leads}${slow(cable) ? ` ${words.say('panel.cable-slow')}` : ''}`;
  return (
    <button
      type="button"
      class={`bf-plug ${cable.connected ? '' : 'bf-pulled'} ${upright ? 'bf-beside' : ''}`}
      style={{ left: `${plug.x}px`, top: `${plug.y}px` }}
      title={off ?? why}
      aria-disabled={off === undefined ? undefined : 'true'}
      onClick={() => off === undefined && onCable({ ...cable, connected: !cable.connected })}
    >
      <Icon name={cable.connected ? 'plug' : 'unplug'} />
      <span class="bf-nic">
        {cable.nic}
        {/* The word stands in the middle of the wire, where there is room for it. */}
        {!cable.connected && (
          <em style={upright ? {} : { left: `calc(50% + ${wire.to.x - plug.x}px)` }}>
            {' '}
            {words.say('cable.out')}
          </em>
        )}
      </span>
      <span class="bf-hidden">: {why}</span>
    </button>
  );
}
