"""Where this installation is found, as the acts that make links are told."""

from flask import current_app

from asb_cases.services.account_links import Site


def this_site() -> Site:
    """From the settings. E-mail leaves where a server and a sender are set."""
    config = current_app.config
    return Site(config["BASE_URL"], config["MAIL_DOMAIN"], bool(config["MAIL_URL"] and config["MAIL_FROM"]))
