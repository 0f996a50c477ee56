"""The learner's panel: labs over sockets of the Jupyter server; reaches them only through
`LabService`. The protocol is docs/panel-protocol.md."""
