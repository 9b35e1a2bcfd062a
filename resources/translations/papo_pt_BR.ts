<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR">
  <context>
    <name>papo</name>
    <message numerus="yes">
      <source>%n member(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n message(s) wait for the connection.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n message(s) were not sent.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new message(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n unread message(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>192.168.1.20 or papo://…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A chat room on your own computer. Without a command, the window opens.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A damaged file was set aside as {path}. Papo starts with a new one in its place.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>A message has room for %n character(s). Shorten it, or send it in parts.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>A number from 1 on is needed here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A port is a number from 1 to 65535.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>A topic has room for %n character(s). Shorten it.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Address or invite</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address to tell others</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>After the colon comes a port, such as 9090.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An invite checks the host for you.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to the room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Best</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Both sides read it aloud. Same words, same room.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Carries the fingerprint, so the host is verified by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a nickname, so that others know who writes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a port from {first} to {last}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another nickname</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Computer name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connecting again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connecting to {address}…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connecting…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copied</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy invite</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy message</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the fingerprint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy {address}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit topic…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter sends · Shift+Enter adds a line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ethernet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything that was said</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the room a name, so that others find it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Guests by browser are not part of this version yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hide members</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Host</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Host a room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Host again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Host not verified</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Host or join a room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Host room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Host {room} again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hosted by you</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invite</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invite link</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invite people</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invite people to {room}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invite to {room} · the host is verified</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invite · the host is verified</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It may be a new computer, or somebody in between. If the host moved the room, ask for a new invite.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Join</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Join a room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Join anyway</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Join room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Join {room}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Joined</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Joining…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Jump to the newest message</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep writing, your messages go out in order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leave</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leave room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leave the room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Members</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Members · {count}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Message</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Message {room}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Messages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Moderator</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Moderators</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New host. Have a look</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New messages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Newcomers see</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No answer from {address}. Is the room still open there?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No computer called {address} was found. Check the address.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No connection to the host’s computer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No connection to {host}’s computer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No connection yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No port could be opened on this computer. Try another port.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No way to {address} from here. Check that both computers are in the same network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not connected</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not sent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing has been said here yet. Say hello.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing, and nothing is kept</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only you so far. Invite somebody.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opening…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Options</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Others on your network join with an invite.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Papo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Papo cannot store anything in {path} ({reason}). Choose another folder with --data.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plain-text guests are not part of this version yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port {asked} is busy, so this room uses {port}. The invite already says so.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port {port} · newcomers see the history</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port {port} · newcomers see the last {count}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port {port} · newcomers see what follows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port {port} · nothing is kept</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recent rooms</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reconnecting…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Room fingerprint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Room name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Room passwords are not part of this version yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rooms</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See papo --help.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seen before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send (Enter)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show members</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Somebody</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something answers at {address}, but it is not a Papo room. Check the port.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something came out of turn. Join again; if it stays, update Papo on both computers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start a chat on this network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>That did not work. Try again, or ask the host to update Papo.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>That name has signs that a room’s name cannot have. Choose another name.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>That name is too long. Choose one of at most %n character(s).</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>That nickname has signs that a nickname cannot have. Choose another nickname.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>That nickname is taken in this room. Choose another nickname.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>That nickname is too long. Choose one of at most %n character(s).</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>That was too much at once for this room. Send it in smaller parts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The computer at {address} is there, but no room is open on that port. Ask whether the room is open, and check the port.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The connection broke. Try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The connection is encrypted, but nobody has vouched for the computer at {address} yet. Ask the host to read these words to you. Nothing was sent so far.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The connection to {host}’s computer broke. Try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The fingerprint changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The fingerprint is shown once the room is connected.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The history is all, joined, none, or a number of messages.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The host at {address} was never met before. Join with its invite, or add --accept-new.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The host closed this room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The host closed this room. You can still read and copy what was said.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>The last %n message(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>The room could not check this computer’s key. Join again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The room heard nothing from this computer for too long. Try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The two programs did not understand each other. Update Papo on both computers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They join over your network. Nothing goes through the internet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This computer fell behind. Papo joins again and fetches what is missing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This invite is not whole. Copy all of it and paste it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is not an address. It looks like 192.168.1.20 or the computer’s name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This link is not an invite. Invites begin with papo://</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This room is full. Try again when somebody has left.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This room is new to you, and nobody vouched for it. Use an invite, or accept new rooms.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This room keeps no history. You see what is said from now on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This room runs a newer Papo. Update yours to join.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This room runs an older Papo. Ask its host to update.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This room’s fingerprint changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This room’s fingerprint changed. Nothing was sent. Check with {host} before you go on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Today</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Too many connections come from this computer’s address. Try again in a moment.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Topic</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try now</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Trying again in {n} s.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Trying again in {seconds} s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trying again now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trying again…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type the host’s address, or paste an invite.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use an address or an invite that somebody sent you.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>VPN, rarely works</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Verified by invite</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Virtual network, rarely works</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is it about?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is said from when they join</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is this room about?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What others call you</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wi-Fi</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write something first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Yesterday</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You are connected to the room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You are connected to {room}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You are no longer in this room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You are not in this room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You have not met this host before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You joined this room again from another window. Go on there, or try again here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your computer becomes the room. No account, no server, no internet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your nickname</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your role in this room does not allow that. Ask the host.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your room is open. Send the invite to bring people in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a file that holds the room's password</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>accept a host that was never met before, unseen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>d MMMM</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>d MMMM yyyy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>dddd, d MMMM</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>dddd, d MMMM yyyy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>do not announce the room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>host a room on this computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>how many may be in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>join a room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>keep everything under DIR</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>let browsers in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>let plain-text clients in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>lift the message rate and the caps per address (trusted labs only)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>listen on this address alone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>that address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the host</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the port</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the room's name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what newcomers see: everything, what is said from then on, nothing is kept, or the last N messages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>without a window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>you</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>your nickname</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{address} is no address of this computer. Leave --bind out to use all of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{author}: </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{author}: {text}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} of {limit}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{day} · hosted by you</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{day} · {address}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{first} and {second} joined</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{first} and {second} left</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>{first}, {second} and %n other(s) joined</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{first}, {second} and %n other(s) left</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>{message} (not sent: {reason})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{message} (sending)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} changed the topic: {topic}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} joined</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} removed the topic</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name}, {time}: {text}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name}’s room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{room} – Papo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{state}. Show the fingerprint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{nick}” has signs that a nickname cannot have. Choose another nickname.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{nick}” is taken in this room. Choose another nickname.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
