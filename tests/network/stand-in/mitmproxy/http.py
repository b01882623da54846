"""The part of mitmproxy.http that the script for it uses, by its documented names and behavior."""

from collections.abc import MutableMapping


class Headers(MutableMapping):
    """Fields in order, by name without regard to case: what is read is joined, what is set or deleted is all of a name."""

    def __init__(self, fields):
        self.fields = [(name, value) for name, value in fields]

    def get_all(self, name):
        return [value for one, value in self.fields if one.lower() == name.lower()]

    def __getitem__(self, name):
        values = self.get_all(name)
        if not values:
            raise KeyError(name)
        return ", ".join(values)

    def __delitem__(self, name):
        self[name]
        self.fields = [field for field in self.fields if field[0].lower() != name.lower()]

    def __setitem__(self, name, value):
        self.fields = [field for field in self.fields if field[0].lower() != name.lower()]
        self.fields.append((name, value))

    def __iter__(self):
        return iter(dict.fromkeys(name.lower() for name, _ in self.fields))

    def __len__(self):
        return len(list(iter(self)))


class Response:
    def __init__(self, status_code, text):
        self.status_code = status_code
        self.text = text

    @classmethod
    def make(cls, status_code, content, headers):
        return cls(status_code, content)
